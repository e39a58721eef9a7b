/// One class a loop: each makes one kind of wish true and knows no other loop.
///
/// Refuses: Docker, SSH, HTTP.
@NullMarked
package dev.flotilla.controllers;

import org.jspecify.annotations.NullMarked;

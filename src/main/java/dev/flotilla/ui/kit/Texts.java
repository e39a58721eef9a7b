package dev.flotilla.ui.kit;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// The texts of one package, in the person's language.
public final class Texts {
    private final ResourceBundle bundle;

    private Texts(ResourceBundle bundle) {
        this.bundle = bundle;
    }

    /// The texts of the package that `type` lies in: `texts.properties` in its resource folder.
    public static Texts near(Class<?> type) {
        return near(type, Locale.getDefault(Locale.Category.DISPLAY));
    }

    /// The same, in that language.
    public static Texts near(Class<?> type, Locale locale) {
        return new Texts(
                ResourceBundle.getBundle(
                        type.getPackageName() + ".texts",
                        locale,
                        ResourceBundle.Control.getNoFallbackControl(
                                ResourceBundle.Control.FORMAT_DEFAULT)));
    }

    /// @param values fill `{0}`, `{1}` …; the rules of [MessageFormat] hold, also without values
    /// @throws java.util.MissingResourceException if there is no such text
    public String get(String key, Object... values) {
        return new MessageFormat(bundle.getString(key), bundle.getLocale()).format(values);
    }

    ResourceBundle bundle() {
        return bundle;
    }
}

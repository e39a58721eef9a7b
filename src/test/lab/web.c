// web [PORT] [DELAY_MS]: a small HTTP server for tests; one epoll thread, keep-alive.
//   /          "<hostname> <caller's address>"      /slow     the same after 100 ms, one at a time
//   /healthz   200, or 503 once /sick was asked      /burn     after 50 ms of CPU
//   /die       the process exits with 1              /hang     never answers anybody again
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct caller { int fd, length; char address[INET_ADDRSTRLEN], text[4096]; };

static int sick;
static char host[64];

static void on_term(int signal) { _exit(0); }

static void burn(long ms) {
  struct timespec since, now;
  clock_gettime(CLOCK_MONOTONIC, &since);
  do clock_gettime(CLOCK_MONOTONIC, &now);
  while ((now.tv_sec - since.tv_sec) * 1000 + (now.tv_nsec - since.tv_nsec) / 1000000 < ms);
}

static int asks(const char *request, const char *path) {
  const char *at = strchr(request, ' ');
  return at && strncmp(at + 1, path, strlen(path)) == 0;
}

// Answers one request; 0 = this connection ends.
static int answer(struct caller *c, const char *request) {
  if (asks(request, "/die")) _exit(1);
  if (asks(request, "/hang")) for (;;) pause();
  if (asks(request, "/sick")) sick = 1;
  if (asks(request, "/slow")) usleep(100000);
  if (asks(request, "/burn")) burn(50);
  int bad = sick && asks(request, "/healthz"), last = strcasestr(request, "connection: close") != 0;
  char body[128], out[384];
  int length = snprintf(body, sizeof body, "%s %s\n", host, c->address);
  int all = snprintf(out, sizeof out, "HTTP/1.1 %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n%s\r\n%s",
      bad ? "503 Sick" : "200 OK", length, last ? "Connection: close\r\n" : "", body);
  return write(c->fd, out, all) == all && !last;
}

static void serve(struct caller *c) {
  int got = read(c->fd, c->text + c->length, sizeof c->text - 1 - c->length), open = got > 0;
  if (open) c->text[c->length += got] = 0;
  for (char *end; open && (end = memmem(c->text, c->length, "\r\n\r\n", 4));) {
    *end = 0;
    open = answer(c, c->text);
    int used = end + 4 - c->text;
    memmove(c->text, c->text + used, c->length -= used);
    c->text[c->length] = 0;
  }
  if (!open) { close(c->fd); free(c); }
}

int main(int argc, char **argv) {
  int port = argc > 1 ? atoi(argv[1]) : 8080, one = 1;
  signal(SIGPIPE, SIG_IGN); signal(SIGTERM, on_term); signal(SIGINT, on_term);
  if (argc > 2) usleep(atoi(argv[2]) * 1000);
  gethostname(host, sizeof host);
  int door = socket(AF_INET, SOCK_STREAM, 0), events = epoll_create1(0);
  setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(port)};
  if (bind(door, (void *)&here, sizeof here) || listen(door, 4096)) { perror("web"); return 2; }
  epoll_ctl(events, EPOLL_CTL_ADD, door, &(struct epoll_event){EPOLLIN, {.ptr = 0}});
  for (struct epoll_event e;;) {
    if (epoll_wait(events, &e, 1, -1) != 1) continue;
    if (e.data.ptr) { serve(e.data.ptr); continue; }
    struct sockaddr_in from; socklen_t size = sizeof from;
    int fd = accept(door, (void *)&from, &size);
    if (fd < 0) continue;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct caller *c = calloc(1, sizeof *c);
    c->fd = fd; inet_ntop(AF_INET, &from.sin_addr, c->address, sizeof c->address);
    epoll_ctl(events, EPOLL_CTL_ADD, fd, &(struct epoll_event){EPOLLIN, {.ptr = c}});
  }
}

// pause: holds a pod's namespaces. Reaps children, ends at once on TERM or INT (as PID 1 a plain pause() would not).
#include <signal.h>
#include <sys/wait.h>

int main(void) {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, 0);
  for (int got;;) {
    if (sigwait(&all, &got)) continue;
    if (got == SIGTERM || got == SIGINT) return 0;
    while (got == SIGCHLD && waitpid(-1, 0, WNOHANG) > 0);
  }
}

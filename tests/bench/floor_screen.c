/* The least that a full-screen program does: draws one screen of 80x24 and ends on a key. */
#include <locale.h>

#include <curses.h>

int main(void)
{
    (void)setlocale(LC_ALL, "");
    if (initscr() == NULL) {
        return 1;
    }
    (void)raw();
    (void)noecho();
    for (int row = 0; row < 23; row++) {
        (void)mvaddstr(row, 1, "Who speaks first sets what can be said, and who waits   24 Nov");
    }
    (void)mvaddstr(23, 1, "screen complete");
    (void)refresh();
    (void)getch();
    return endwin() == OK ? 0 : 1;
}

#include "turnabout/document/chart.h"

#include <stdbool.h>
#include <stdio.h>

#include "turnabout/document/page.h"

enum {
    WIDTH = 560, /* a little less than it has on a desk, so that its words are as large as others */
    HEIGHT = 150, /* of the highest column */
    LINE = 16,    /* of text */
    ROW = 26,
    EDGE = 20,   /* at both sides of columns, for words below the outermost */
    LABEL = 160, /* before a lying bar */
    NUMBER = 60, /* behind it */
    LABELS_MOST = 7,
    DIGIT = 8, /* width of one */
    LOWER = 4, /* words below columns, which are larger on a phone */
};

static size_t highest_of(const struct ta_bar_of_chart *bars, size_t count)
{
    size_t highest = 1;
    for (size_t i = 0; i < count; i++) {
        highest = bars[i].value > highest ? bars[i].value : highest;
    }
    return highest;
}

static void begin(struct ta_text *out, const char *caption, const struct ta_bar_of_chart *bars,
                  size_t count, int height)
{
    ta_text_add(out, "<figure>\n<figcaption>");
    ta_page_text(out, ta_piece_of(caption));
    ta_text_addf(out,
                 "</figcaption>\n<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
                 "role=\"img\" aria-label=\"",
                 WIDTH, height, WIDTH, height);
    ta_page_text(out, ta_piece_of(caption));
    for (size_t i = 0; i < count; i++) {
        ta_text_addf(out, "%s ", i > 0 ? "," : ":");
        ta_page_text(out, ta_piece_of(bars[i].label));
        ta_text_addf(out, " %zu", bars[i].value);
    }
    ta_text_add(out, "\">\n");
}

static void end(struct ta_text *out)
{
    ta_text_add(out, "</svg>\n</figure>\n");
}

static void add_words(struct ta_text *out, int x, int y, const char *anchor, const char *text)
{
    ta_text_addf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">", x, y, anchor);
    ta_page_text(out, ta_piece_of(text));
    ta_text_add(out, "</text>\n");
}

static void add_bar(struct ta_text *out, int x, int y, int width, int height)
{
    ta_text_addf(out, "<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n", x, y,
                 width, height);
}

/* The number on top of a column. On a phone words are larger, and only some have room. */
static void add_number(struct ta_text *out, int x, int y, size_t value, bool everywhere)
{
    ta_text_addf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\"%s>%zu</text>\n", x, y,
                 everywhere ? "" : " class=\"more\"", value);
}

/* Where there are many, only some have words below them: the last, and back from there. */
void ta_chart_columns(struct ta_text *out, const char *caption, const struct ta_bar_of_chart *bars,
                      size_t count)
{
    size_t highest = highest_of(bars, count);
    int step = (WIDTH - 2 * EDGE) / (int)(count > 0 ? count : 1);
    step = step > WIDTH / 4 ? WIDTH / 4 : step > 0 ? step : 1;
    size_t each = count / LABELS_MOST + 1;
    int digits = snprintf(NULL, 0, "%zu", highest);
    begin(out, caption, bars, count, HEIGHT + 3 * LINE + LOWER);
    for (size_t i = 0; i < count; i++) {
        int height = (int)(bars[i].value * HEIGHT / highest);
        int x = EDGE + (int)i * step;
        bool named = (count - 1 - i) % each == 0;
        add_bar(out, x + step / 8, LINE + HEIGHT - height, step > 2 ? step - step / 4 : step,
                height);
        if (named || step >= digits * DIGIT) {
            add_number(out, x + step / 2, LINE + HEIGHT - height - 4, bars[i].value, named);
        }
        if (named) {
            add_words(out, x + step / 2, HEIGHT + 2 * LINE + LOWER, "middle", bars[i].label);
        }
    }
    ta_text_addf(out, "<line class=\"axis\" x1=\"0\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n",
                 LINE + HEIGHT, WIDTH, LINE + HEIGHT);
    end(out);
}

void ta_chart_rows(struct ta_text *out, const char *caption, const struct ta_bar_of_chart *bars,
                   size_t count)
{
    size_t highest = highest_of(bars, count);
    begin(out, caption, bars, count, (int)count * ROW);
    for (size_t i = 0; i < count; i++) {
        int width = (int)(bars[i].value * (WIDTH - LABEL - NUMBER) / highest);
        int y = (int)i * ROW;
        char number[24];
        (void)snprintf(number, sizeof number, "%zu", bars[i].value);
        add_words(out, 0, y + LINE, "start", bars[i].label);
        add_bar(out, LABEL, y + 3, width, ROW - 8);
        add_words(out, LABEL + width + 6, y + LINE, "start", number);
    }
    end(out);
}

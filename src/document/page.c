#include "turnabout/document/page.h"

#include <string.h>
#include <unistr.h>

#include "plain.h"

/* Colours have a contrast of at least 4.5 to 1 on their ground (WCAG 2, level AA). */
static const char style[] =
    ":root{color-scheme:light dark;--ink:#1b1b1b;--ground:#fdfdfb;--quiet:#595959;--rule:#c9c9c4;"
    "--accent:#0b5c83;--good:#2c6e2f;--caution:#8a4b00;--bar:#3f7fa6}"
    "@media(prefers-color-scheme:dark){:root{--ink:#e8e6e1;--ground:#17181a;--quiet:#a9a9a4;"
    "--rule:#4a4b4e;--accent:#7cc4ea;--good:#8fcf8f;--caution:#f0b26a;--bar:#5fa3c9}}"
    "*{box-sizing:border-box}html{font:16px/1.55 "
    "system-ui,sans-serif;-webkit-text-size-adjust:100%}"
    "body{margin:0 auto;padding:1.5rem 1rem 4rem;max-width:72rem;color:var(--ink);"
    "background:var(--ground);overflow-wrap:anywhere}"
    "main>p,main>ul,main>ol,main>blockquote,section>p,section>ul,section>ol{max-width:46rem}"
    "h1{font-size:1.9rem;line-height:1.2;margin:.5rem 0 1rem}"
    "h2{font-size:1.4rem;margin:2.5rem 0 .75rem;padding-top:.5rem;border-top:1px solid var(--rule)}"
    "h3{font-size:1.15rem;margin:1.75rem 0 .5rem}h4,h5,h6{font-size:1rem;margin:1.1rem 0 .25rem}"
    "h5,h6{color:var(--quiet)}p,ul,ol,blockquote,pre{margin:.5rem 0}ul,ol{padding-left:1.4rem}"
    "li{margin:.15rem 0}blockquote{padding-left:1rem;border-left:3px solid var(--rule)}"
    "a{color:var(--accent)}.quiet{color:var(--quiet)}.caution{color:var(--caution)}"
    "pre,code{font:.92em/1.5 ui-monospace,monospace;white-space:pre-wrap}"
    "hr{border:0;border-top:1px solid var(--rule)}"
    ".wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.94rem}"
    "th,td{overflow-wrap:break-word;padding:.35rem "
    ".6rem;text-align:left;vertical-align:top;border-bottom:1px solid "
    "var(--rule)}thead th{border-bottom-width:2px}td.n,th.n{text-align:right;"
    "font-variant-numeric:tabular-nums}th{font-weight:600}.course,.day{white-space:nowrap}"
    ".facts{max-width:28rem}.facts th{font-weight:400}.facts th,.facts td{padding-left:0}"
    "li.task{list-style:none;margin-left:-1.3rem}figure{margin:1rem 0}figcaption{font-weight:600;"
    "margin-bottom:.35rem}svg{width:100%;max-width:44rem;height:auto;display:block}svg text{"
    "fill:var(--ink);font:12px system-ui,sans-serif}svg .bar{fill:var(--bar)}svg "
    ".axis{stroke:var(--rule)}"
    "@media(min-width:60rem){.figures{display:grid;grid-template-columns:22rem "
    "1fr;gap:0 4rem;align-items:start}.charts figure:first-child{margin-top:0}}"
    "@media(max-width:40rem){svg text{font-size:19px}svg .more{display:none}.cards "
    "thead{position:absolute;left:-9999px}.cards,.cards tbody,"
    ".cards tr,.cards th,.cards td{overflow-wrap:anywhere;display:block;border:0;padding:.1rem "
    "0}.cards td.n{text-align:"
    "left}.cards tr{border-bottom:1px solid var(--rule);padding:.6rem 0}.cards td[data-is]::before{"
    "content:attr(data-is) \" \";color:var(--quiet)}}"
    "@media print{:root{--ink:#000;--ground:#fff;--quiet:#444;--rule:#999;--accent:#000;--bar:#555;"
    "--good:#000;--caution:#000}html{font-size:10.5pt}body{max-width:none;padding:0}"
    "h2,h3,h4{break-after:avoid}tr,figure,li{break-inside:avoid}thead{display:table-header-group}"
    ".wide{overflow:visible}.cards{font-size:.76rem}.cards th,.cards td{padding:.25rem .3rem}"
    ".cards tbody th{overflow-wrap:anywhere;min-width:8rem}.course{letter-spacing:-.06em}"
    "a{text-decoration:none}}";

void ta_page_begin(struct ta_text *out, const char *title)
{
    ta_text_add(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                     "style-src 'unsafe-inline'\">\n<title>");
    ta_page_text(out, ta_piece_of(title));
    ta_text_addf(out, "</title>\n<style>%s</style>\n</head>\n<body>\n<main>\n", style);
}

void ta_page_end(struct ta_text *out)
{
    ta_text_add(out, "</main>\n</body>\n</html>\n");
}

static const char *escape_of(char sign)
{
    switch (sign) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

static bool is_dropped(ucs4_t point)
{
    bool control =
        (point < 0x20 && point != '\n' && point != '\t') || (point >= 0x7F && point < 0xA0);
    bool direction = (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    return control || direction || point == 0xFEFF;
}

static void add_character(struct ta_text *out, const char *at, size_t bytes)
{
    ucs4_t point;
    if (u8_mbtoucr(&point, (const uint8_t *)at, bytes) < 0) {
        ta_text_add(out, "\uFFFD");
    } else if (!is_dropped(point)) {
        ta_text_add_bytes(out, at, bytes);
    }
}

void ta_page_text(struct ta_text *out, struct ta_piece text)
{
    for (size_t at = 0, bytes = 0; at < text.length; at += bytes) {
        const char *escape = escape_of(text.at[at]);
        bytes = escape ? 1 : plain_character(text.at + at, text.length - at);
        if (escape) {
            ta_text_add(out, escape);
        } else {
            add_character(out, text.at + at, bytes);
        }
    }
}

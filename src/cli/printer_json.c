#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>

#include "turnabout/base/unicode.h"
#include "turnabout/cli/printer.h"

struct range {
    uint32_t first, last;
};

/* What would steer a terminal that shows the output, or break a line in some readers of it. */
static const struct range escaped[] = {
    {0x00, 0x1F},     {0x7F, 0x9F},     {0x061C, 0x061C}, {0x200E, 0x200F},
    {0x2028, 0x202E}, {0x2066, 0x2069}, {0xFEFF, 0xFEFF},
};

static bool must_be_escaped(uint32_t character)
{
    for (size_t i = 0; i < sizeof escaped / sizeof escaped[0]; i++) {
        if (character >= escaped[i].first && character <= escaped[i].last) {
            return true;
        }
    }
    return false;
}

/* The length of the well-formed character at the beginning, which is put into `*character`; 0 when
 * there is none. */
static size_t decode(const char *bytes, uint32_t *character)
{
    static const uint32_t lead_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    const unsigned char *at = (const unsigned char *)bytes;
    size_t length = at[0] < 0x80 ? 1 : at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : 4;
    uint32_t value = at[0] & lead_bits[length];
    for (size_t i = 1; i < length; i++) {
        if (at[i] == '\0') {
            return 0;
        }
        value = value << 6 | (at[i] & 0x3FU);
    }
    *character = value;
    return ta_utf8_is_valid(bytes, length) ? length : 0;
}

static void add_string(struct ta_text *out, const char *string)
{
    ta_text_add(out, "\"");
    while (*string != '\0') {
        uint32_t character = 0;
        size_t length = decode(string, &character);
        if (length == 0) {
            ta_text_add(out, "\xEF\xBF\xBD");
            length = 1;
        } else if (character == '"' || character == '\\') {
            ta_text_addf(out, "\\%c", (char)character);
        } else if (must_be_escaped(character)) {
            ta_text_addf(out, "\\u%04" PRIX32, character);
        } else {
            ta_text_add_bytes(out, string, length);
        }
        string += length;
    }
    ta_text_add(out, "\"");
}

/* What stands between the one before and this one: the elements of an outer list stand on lines of
 * their own. */
static void separate(struct ta_printer *printer, const char *name)
{
    bool outer_list = printer->depth == 1 && printer->open[1].list;
    bool first = printer->open[printer->depth].count == 0;
    if (printer->depth > 0 && !first) {
        ta_text_add(&printer->out, outer_list ? "," : ", ");
    }
    if (outer_list) {
        ta_text_add(&printer->out, "\n");
    }
    if (name != NULL) {
        add_string(&printer->out, name);
        ta_text_add(&printer->out, ": ");
    }
}

static void begin(struct ta_printer *printer, const char *name, bool list)
{
    separate(printer, name);
    ta_text_add(&printer->out, list ? "[" : "{");
}

static void end(struct ta_printer *printer)
{
    bool list = printer->open[printer->depth].list;
    bool outermost = printer->depth == 1;
    if (outermost && list && printer->open[1].count > 0) {
        ta_text_add(&printer->out, "\n");
    }
    ta_text_add(&printer->out, list ? "]" : "}");
    if (outermost) {
        ta_text_add(&printer->out, "\n");
    }
}

static void print_value(struct ta_printer *printer, const char *name, const struct ta_value *value,
                        const char *shown)
{
    (void)shown;
    separate(printer, name);
    switch (value->kind) {
    case TA_VALUE_NOTHING:
        ta_text_add(&printer->out, "null");
        break;
    case TA_VALUE_STRING:
        add_string(&printer->out, value->string);
        break;
    case TA_VALUE_NUMBER:
        ta_text_addf(&printer->out, "%" PRId64, value->number);
        break;
    case TA_VALUE_THOUSANDTHS:
        ta_text_addf(&printer->out, "%s%" PRId64 ".%03" PRId64, value->number < 0 ? "-" : "",
                     value->number < 0 ? -value->number / 1000 : value->number / 1000,
                     (value->number < 0 ? -value->number : value->number) % 1000);
        break;
    case TA_VALUE_FLAG:
        ta_text_add(&printer->out, value->flag ? "true" : "false");
        break;
    }
}

static void say(struct ta_printer *printer, const char *text)
{
    (void)printer;
    (void)text;
}

const struct ta_printer_kind ta_printer_json = {
    .begin = begin, .end = end, .value = print_value, .say = say};

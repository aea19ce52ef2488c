#include <string.h>

#include "command.h"
#include "turnabout/domain/contract.h"

/* What the shell does with the words below: its first two words choose the row, a hyphen the
 * options, and some words choose from what is known. */
static const char frame_above[] =
    "# Completion of turnabout for bash: eval \"$(turnabout completion bash)\"\n"
    "_turnabout()\n"
    "{\n"
    "    local word=\"${COMP_WORDS[COMP_CWORD]}\" before=\"${COMP_WORDS[COMP_CWORD-1]}\" known=\n"
    "    local families verbs options\n";

static const char frame_below[] =
    "    case \"$before\" in\n"
    "        -p|--pair|use) known=\"$(turnabout pair list 2>/dev/null | cut -d' ' -f1)\" ;;\n"
    "        --as) known='mentor mentee' ;;\n"
    "        set) known=\"$clauses\" ;;\n"
    "        *) case \"$word\" in\n"
    "            -*) known=\"$options\" ;;\n"
    "            *) case \"$COMP_CWORD\" in\n"
    "                1) known=\"$families\" ;;\n"
    "                2) known=\"$verbs\" ;;\n"
    "            esac ;;\n"
    "        esac ;;\n"
    "    esac\n"
    "    COMPREPLY=($(compgen -W \"$known\" -- \"$word\"))\n"
    "}\n"
    "complete -F _turnabout turnabout\n";

static void add_word(struct ta_text *out, const char *word)
{
    bool first = out->length == 0 || out->bytes[out->length - 1] == '\'';
    ta_text_addf(out, "%s%s", first ? "" : " ", word);
}

static void add_families(struct ta_text *out)
{
    ta_text_add(out, "    families='");
    for (size_t i = 0; i < ta_cli_family_count; i++) {
        add_word(out, ta_cli_families[i].name);
    }
    ta_text_add(out, "'\n    local clauses='");
    for (enum ta_clause clause = 0; clause < TA_CLAUSES; clause++) {
        add_word(out, ta_clause_facts(clause)->id);
    }
    ta_text_add(out, "'\n");
}

/* A family's verbs, by its name. */
static void add_verbs(struct ta_text *out)
{
    ta_text_add(out, "    case \"${COMP_WORDS[1]}\" in\n");
    for (size_t i = 0; i < ta_cli_command_count; i++) {
        const struct ta_cli_command *command = &ta_cli_commands[i];
        bool opens = i == 0 || strcmp(ta_cli_commands[i - 1].family, command->family) != 0;
        bool closes = i + 1 == ta_cli_command_count ||
                      strcmp(ta_cli_commands[i + 1].family, command->family) != 0;
        if (opens) {
            ta_text_addf(out, "        %s) verbs='", command->family);
        }
        if (command->verb != NULL) {
            add_word(out, command->verb);
        }
        ta_text_add(out, closes ? "' ;;\n" : "");
    }
    ta_text_add(out, "    esac\n");
}

/* A command's options, by its family and verb. */
static void add_options(struct ta_text *out)
{
    ta_text_add(out, "    case \"${COMP_WORDS[1]} ${COMP_WORDS[2]}\" in\n");
    for (size_t i = 0; i < ta_cli_command_count; i++) {
        const struct ta_cli_command *command = &ta_cli_commands[i];
        ta_text_addf(out, "        %s\\ %s) options='", command->family,
                     command->verb != NULL ? command->verb : "*");
        const struct ta_option_use *use;
        for (size_t j = 0; (use = ta_cli_use(command, j)) != NULL; j++) {
            struct ta_text name = {0};
            ta_text_addf(&name, "--%s", ta_option_facts[use->option].name);
            add_word(out, name.bytes);
            ta_text_release(&name);
        }
        ta_text_add(out, "' ;;\n");
    }
    ta_text_add(out, "        *) options='--demo --help --pair --version' ;;\n    esac\n");
}

bool ta_cli_completion(struct ta_cli *cli, struct ta_error *err)
{
    (void)err;
    struct ta_text *out = &cli->printer.out;
    ta_text_add(out, frame_above);
    add_families(out);
    add_verbs(out);
    add_options(out);
    ta_text_add(out, frame_below);
    return true;
}

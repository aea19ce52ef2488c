/*
 * Turns data files into C, so that the program carries its data with it:
 *
 *     embed NAME INPUT OUTPUT.c OUTPUT.h
 *
 * declares and defines `const char NAME[]`: the bytes of INPUT and a NUL.
 */
#include <stdio.h>
#include <stdlib.h>

static int fail(const char *what, const char *path)
{
    (void)fprintf(stderr, "embed: cannot %s %s\n", what, path);
    return EXIT_FAILURE;
}

static int write_definition(const char *name, FILE *input, FILE *output)
{
    (void)fprintf(output, "extern const char %s[];\n\nconst char %s[] = {\n", name, name);
    int byte;
    for (size_t count = 1; (byte = getc(input)) != EOF; count++) {
        (void)fprintf(output, "'\\x%02x',%s", (unsigned)byte, count % 16 == 0 ? "\n" : "");
    }
    (void)fprintf(output, "'\\0'};\n");
    return ferror(input) != 0 || fclose(output) != 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int write_declaration(const char *name, const char *path)
{
    FILE *output = fopen(path, "w");
    if (output == NULL) {
        return fail("write", path);
    }
    (void)fprintf(output, "extern const char %s[];\n", name);
    return fclose(output) != 0 ? fail("write", path) : EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        (void)fprintf(stderr, "usage: embed NAME INPUT OUTPUT.c OUTPUT.h\n");
        return EXIT_FAILURE;
    }
    FILE *input = fopen(argv[2], "rb");
    if (input == NULL) {
        return fail("read", argv[2]);
    }
    FILE *output = fopen(argv[3], "w");
    int status = output == NULL ? fail("write", argv[3]) : write_definition(argv[1], input, output);
    (void)fclose(input);
    return status == EXIT_SUCCESS ? write_declaration(argv[1], argv[4]) : status;
}

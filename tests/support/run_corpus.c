/* Runs a fuzz target over the files of a folder: the corpus as an ordinary test. */
#include "base/arena.h"
#include "base/file.h"

#include <dirent.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argc, char **argv)
{
    DIR *dir = argc == 2 ? opendir(argv[1]) : NULL;
    if (!dir) {
        fprintf(stderr, "no corpus folder %s\n", argc > 1 ? argv[1] : "given");
        return 1;
    }
    int n = 0;
    for (struct dirent *e; (e = readdir(dir));) {
        struct arena a = {0};
        struct str bytes, path = arena_fmt(&a, "%s/%s", argv[1], e->d_name);
        if (e->d_name[0] != '.' && file_read(&a, path.p, 64 << 20, &bytes, NULL)) {
            LLVMFuzzerTestOneInput((const uint8_t *)bytes.p, bytes.n);
            n++;
        }
        arena_finish(&a);
    }
    closedir(dir);
    printf("%d inputs\n", n);
    return n ? 0 : 1;
}

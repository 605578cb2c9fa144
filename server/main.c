#include <stdio.h>
int main(void) { puts("synoptic " SYNOPTIC_VERSION); return 0; }

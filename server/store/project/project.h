/* Inside project/: a database in memory beside the store, and the tables of such a file. */
#ifndef STORE_PROJECT_PROJECT_H
#define STORE_PROJECT_PROJECT_H

#include "store/db/db.h"
#include "store/project.h"

/* Numbers of the variables and types that tables.sql makes. */
enum project_variable {
    PERSON = 1,
    ORGANIZATION = 2,
    CONCEPT = 3,
    AGREEMENT = 4,
    STANCE = 6,
    RECORD = 7,
    OTHERS = 7 /* between the variables of a "DNA Statement" and of the other type */
};
enum { TYPE_SIDED = 1, TYPE_OTHER = 3, LONGEST_VALUE = 190 };

#endif

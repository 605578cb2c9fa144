/* The words of DESIGN.md for the engine's enumerations, as they stand in JSON and in the store. */
#include "lang/lang.h"

const char *const actor_kind_names[ACTOR_KIND_COUNT] = {
    [ACTOR_PERSON] = "person",   [ACTOR_ORGANISATION] = "organisation",
    [ACTOR_COUNTRY] = "country", [ACTOR_GROUP] = "group",
    [ACTOR_OUTLET] = "outlet",   [ACTOR_UNNAMED] = "unnamed",
};

const char *const name_kind_names[NAME_KIND_COUNT] = {
    [NAME_FULL] = "full",       [NAME_SHORT] = "short",     [NAME_ACRONYM] = "acronym",
    [NAME_DEMONYM] = "demonym", [NAME_METONYM] = "metonym", [NAME_NATIVE] = "native",
};

const char *const mention_reading_names[READING_COUNT] = {
    [READING_ACTOR] = "actor",
    [READING_PLACE] = "place",
    [READING_PRONOUN] = "pronoun",
    [READING_NOMINAL] = "nominal",
};

const char *const statement_kind_names[STATEMENT_KIND_COUNT] = {
    [STATEMENT_DIRECT] = "direct",
    [STATEMENT_MIXED] = "mixed",
    [STATEMENT_INDIRECT] = "indirect",
};

const char *const issue_sort_names[ISSUE_SORT_COUNT] = {
    [ISSUE_PROPOSAL] = "proposal",
    [ISSUE_JUDGEMENT] = "judgement",
    [ISSUE_FACT] = "fact",
};

const char *const stance_names[STANCE_COUNT] = {
    [STANCE_SUPPORT] = "support",         [STANCE_OPPOSE] = "oppose",
    [STANCE_CONDITIONAL] = "conditional", [STANCE_MIXED] = "mixed",
    [STANCE_NEUTRAL] = "neutral",         [STANCE_DECLINES] = "declines",
    [STANCE_DENIES] = "denies",
};

/* For the answer to a visit that another site led to: see ask_again in server/http/guard.c. */
location.reload();

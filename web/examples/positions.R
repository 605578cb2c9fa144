# positions.R - stances as a data frame, a network as a matrix. Needs nothing but R.
#   Rscript positions.R [ADDRESS]
words <- commandArgs(trailingOnly = TRUE)
address <- if (length(words)) sub("/$", "", words[1]) else "http://127.0.0.1:8080"

# A row for each statement and issue; narrow it: ?story=1&from=2025-01-01
stances <- read.csv(paste0(address, "/api/v1/stances.csv?flavour=data"), encoding = "UTF-8")
print(table(stances$issue_title, stances$stance))

# Actors among themselves, joined where they take the same side; igraph and statnet take it as it is.
ties <- as.matrix(read.csv(paste0(address, "/api/v1/exports?format=matrix&mode=one&qualifier=congruence"),
                           row.names = 1, check.names = FALSE, encoding = "UTF-8"))
print(sort(rowSums(ties), decreasing = TRUE))

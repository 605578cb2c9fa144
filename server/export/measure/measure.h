/* What is computed of a discourse network as a whole, of nodes among themselves (mode one, whatever
 * the setting says): its backbone, and how polarised it is.
 *
 * Backbone: which issues carry the structure. Of the full network and of one made of some issues
 * alone the eigenvalues are taken, those of each network divided by their sum (weights below 0
 * count as 0); the loss is the sum of the differences of the two rows, each sorted. All issues are
 * the backbone first; step by step the issue without which the loss is smallest leaves it, of
 * several alike the last by name first and all at once. The redundant loss is that of the issues
 * that have left, taken alone. As Discourse Network Analyzer 3 does it (dna_backbone, method
 * "nested"; its other methods draw lots). Eigenvalues are those of the Laplacian, as its help says;
 * spectrum=degrees takes the row sums instead: the program (3.0) computes the difference of degrees
 * and weights, but goes on with the degrees.
 *
 * Polarisation: the nodes are parted into clusters of equal size (the first ones larger by a node
 * where they cannot be) so that (modularity of congruence - modularity of conflict) / 2 is largest;
 * that is the score. Modularity is Newman's (2004) for weighted networks; 0 where there are no
 * ties. As that tool does it (dna_polarization), by exchanging members while that helps, but from
 * many starts that are always the same rather than from one by lot. */
#ifndef EXPORT_MEASURE_MEASURE_H
#define EXPORT_MEASURE_MEASURE_H

#include "export/network/network.h"

/* A network with the job's settings, mode one; `qualifier` empty: as the job says. ERR_TOO_LARGE:
 * more than `most` nodes. */
struct measure_wish {
    struct str qualifier;
    size_t most;
};
bool measure_network(struct export_job *job, const struct measure_wish *wish, struct network *net,
                     struct err *err);
/* Weights as a matrix, n_rows x n_rows, those below 0 as 0; the arena's. */
double *measure_matrix(const struct network *net, struct arena *a);
/* The eigenvalues of the matrix's Laplacian (or its row sums), falling, divided by their sum. The
 * matrix is lost. */
void measure_spectrum(double *m, size_t n, bool degrees, double *out);

#endif

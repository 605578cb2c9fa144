/* Pajek's .net: vertices, the rows first, and weighted edges. The byte order mark tells Pajek that
 * labels are UTF-8. */
#include "export/network/network.h"

bool export_pajek(struct export_job *job, struct err *err)
{
    struct network net;
    struct buf *out = job->out;
    bool ok = network_make(job, &net, err);
    if (ok) {
        buf_fmt(out, "\xEF\xBB\xBF*Vertices %zu", network_nodes(&net));
        if (!net.options.one_mode)
            buf_fmt(out, " %zu", net.n_rows);
        buf_add(out, S("\r\n"));
        for (size_t i = 0; i < network_nodes(&net); i++) {
            buf_fmt(out, "%zu ", i + 1);
            network_quoted(out, network_node(&net, i)->label);
            buf_add(out, S("\r\n"));
        }
        buf_add(out, S("*Edges\r\n"));
        for (size_t i = 0; i < net.n_edges; i++) {
            buf_fmt(out, "%u %zu ", net.edges[i].from + 1, network_end(&net, &net.edges[i]) + 1);
            network_number(out, net.edges[i].weight);
            buf_add(out, S("\r\n"));
        }
    }
    network_finish(&net);
    return ok;
}

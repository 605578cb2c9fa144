/* GEXF 1.3 (gexf.net), for Gephi: a dynamic graph in which nodes and edges begin with the first day
 * they can be seen on and stay. Gephi wants weights above 0: the sign stands in `signed`. */
#include "export/network/network.h"

#include <math.h>

static void start_day(struct buf *out, int32_t day)
{
    if (day == NO_DAY)
        return;
    buf_add(out, S(" start=\""));
    network_day(out, day);
    buf_char(out, '"');
}

static void value_text(struct buf *out, const char *attribute, struct str text)
{
    if (!text.n)
        return;
    buf_fmt(out, "<attvalue for=\"%s\" value=\"", attribute);
    export_xml(out, text);
    buf_add(out, S("\"/>"));
}

static void write_node(struct buf *out, const struct network *net, size_t i)
{
    const struct network_node *node = network_node(net, i);
    buf_add(out, S("      <node id=\""));
    export_xml(out, node->key);
    buf_add(out, S("\" label=\""));
    export_xml(out, node->label);
    buf_char(out, '"');
    start_day(out, node->since);
    buf_add(out, S("><attvalues>"));
    value_text(out, "kind", node->kind);
    value_text(out, "organisation", node->organisation);
    buf_fmt(out,
            "<attvalue for=\"mode\" value=\"%d\"/><attvalue for=\"ties\" value=\"%u\"/>"
            "</attvalues></node>\n",
            i < net->n_rows ? 1 : 2, node->ties);
}

static void write_edge(struct buf *out, const struct network *net, size_t i)
{
    const struct network_edge *e = &net->edges[i];
    struct arena a = {0};
    struct network_proof proof = network_proof(net, &a, e);
    buf_fmt(out, "      <edge id=\"%zu\" source=\"", i);
    export_xml(out, network_node(net, e->from)->key);
    buf_add(out, S("\" target=\""));
    export_xml(out, network_node(net, network_end(net, e))->key);
    buf_add(out, S("\" weight=\""));
    network_number(out, fabs(e->weight));
    buf_char(out, '"');
    start_day(out, e->since);
    buf_add(out, S("><attvalues><attvalue for=\"signed\" value=\""));
    network_number(out, e->weight);
    buf_add(out, S("\"/><attvalue for=\"statements\" value=\""));
    for (size_t k = 0; k < proof.n; k++)
        buf_fmt(out, "%s%lld", k ? " " : "", (long long)proof.v[k]);
    buf_add(out, S("\"/></attvalues></edge>\n"));
    arena_finish(&a);
}

static bool write_graph(struct export_job *job, const struct network *net, struct err *err)
{
    struct buf *out = job->out;
    bool ok = true;
    buf_add(out, S("  <graph defaultedgetype=\"undirected\" mode=\"dynamic\" timeformat=\"date\">\n"
                   "    <attributes class=\"node\">"
                   "<attribute id=\"kind\" title=\"kind\" type=\"string\"/>"
                   "<attribute id=\"organisation\" title=\"organisation\" type=\"string\"/>"
                   "<attribute id=\"mode\" title=\"mode\" type=\"integer\"/>"
                   "<attribute id=\"ties\" title=\"ties\" type=\"integer\"/></attributes>\n"
                   "    <attributes class=\"edge\">"
                   "<attribute id=\"signed\" title=\"signed\" type=\"double\"/>"
                   "<attribute id=\"statements\" title=\"statements\" type=\"string\"/>"
                   "</attributes>\n    <nodes>\n"));
    for (size_t i = 0; i < network_nodes(net); i++)
        write_node(out, net, i);
    buf_add(out, S("    </nodes>\n    <edges>\n"));
    for (size_t i = 0; ok && i < net->n_edges; i++) {
        write_edge(out, net, i);
        ok = export_flush(job, err);
    }
    buf_add(out, S("    </edges>\n  </graph>\n"));
    return ok;
}

bool export_gexf(struct export_job *job, struct err *err)
{
    struct network net;
    bool ok = network_make(job, &net, err);
    if (ok) {
        buf_add(job->out, S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                            "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n"
                            "  <meta><creator>synoptic " SYNOPTIC_VERSION "</creator></meta>\n"));
        ok = write_graph(job, &net, err);
        buf_add(job->out, S("</gexf>\n"));
    }
    network_finish(&net);
    return ok;
}

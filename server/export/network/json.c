/* A network as JSON: {"mode","nodes","edges","ties"}. */
#include "export/network/network.h"

static void field_day(struct json *j, const char *key, int32_t day)
{
    struct buf text = {0};
    if (day != NO_DAY)
        network_day(&text, day);
    json_field_opt(j, key, buf_str(&text));
    buf_finish(&text);
}

static void write_node(struct json *j, const struct network *net, size_t i)
{
    const struct network_node *node = network_node(net, i);
    json_object(j);
    json_field_str(j, "id", node->key);
    json_field_str(j, "label", node->label);
    json_field_str(j, "kind", node->kind);
    json_field_opt(j, "organisation", node->organisation);
    json_field_int(j, "mode", i < net->n_rows ? 1 : 2);
    json_field_int(j, "ties", node->ties);
    field_day(j, "since", node->since);
    json_end_object(j);
}

static void write_edge(struct json *j, const struct network *net, const struct network_edge *e)
{
    struct arena a = {0};
    struct buf number = {0};
    struct network_proof proof = network_proof(net, &a, e);
    json_object(j);
    json_field_str(j, "from", network_node(net, e->from)->key);
    json_field_str(j, "to", network_node(net, network_end(net, e))->key);
    json_key(j, "weight");
    network_number(&number, e->weight);
    json_raw(j, buf_str(&number));
    field_day(j, "since", e->since);
    json_key(j, "statements");
    json_array(j);
    for (size_t k = 0; k < proof.n; k++)
        json_int(j, proof.v[k]);
    json_end_array(j);
    json_end_object(j);
    buf_finish(&number);
    arena_finish(&a);
}

static bool write_network(struct export_job *job, const struct network *net, struct err *err)
{
    struct json json = json_begin(job->out), *j = &json;
    bool ok = true;
    json_object(j);
    json_field_str(j, "mode", net->options.one_mode ? S("one") : S("two"));
    json_field_int(j, "ties", (int64_t)net->n_ties);
    json_key(j, "nodes");
    json_array(j);
    for (size_t i = 0; i < network_nodes(net); i++)
        write_node(j, net, i);
    json_end_array(j);
    json_key(j, "edges");
    json_array(j);
    for (size_t i = 0; ok && i < net->n_edges; i++) {
        write_edge(j, net, &net->edges[i]);
        ok = export_flush(job, err);
    }
    json_end_array(j);
    json_end_object(j);
    return ok;
}

bool export_network(struct export_job *job, struct err *err)
{
    struct network net;
    bool ok = network_make(job, &net, err) && write_network(job, &net, err);
    network_finish(&net);
    return ok;
}

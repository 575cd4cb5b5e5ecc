/* The least that speaks protocol 1: it introduces itself, and has files that nobody wrote yet.
 * It looks for two fields of each request; a real one wants a JSON library. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *HELLO = "\"protocol\":1,\"name\":\"minimum-c\",\"version\":\"0\",\"profile\":\"linux-6.1\","
	"\"capabilities\":[\"sysfs\"],\"observes\":[],\"order\":\"total\",\"clock\":\"virtual\"";

/* The answer of a method, without its braces, or NULL for one that we don't offer. */
static const char *answer(const char *method)
{
	static const struct { const char *method, *answer; } table[] = {
		{ "reset", "\"ret\":0" },
		{ "write", "\"errno\":\"ENOENT\"" },
		{ "read", "\"errno\":\"ENOENT\"" },
		{ "bye", "\"ret\":0" },
	};
	if (strcmp(method, "hello") == 0)
		return HELLO;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(method, table[i].method) == 0)
			return table[i].answer;
	return NULL;
}

int main(void)
{
	char *line = NULL, method[32];
	size_t size = 0;
	while (getline(&line, &size, stdin) > 0) {
		const char *id = strstr(line, "\"id\":"), *name = strstr(line, "\"method\":\"");
		if (!id || !name || sscanf(name, "\"method\":\"%31[a-z]", method) != 1)
			return EXIT_FAILURE;
		const char *result = answer(method);
		printf(result ? "{\"jsonrpc\":\"2.0\",\"id\":%ld,\"result\":{%s,\"events\":[]}}\n"
			      : "{\"jsonrpc\":\"2.0\",\"id\":%ld,\"error\":{\"code\":-32601,\"message\":\"no such method\"}}\n",
		       strtol(id + 5, NULL, 10), result);
		fflush(stdout);
	}
	return EXIT_SUCCESS;
}

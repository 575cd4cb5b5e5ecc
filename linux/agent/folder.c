// SPDX-License-Identifier: GPL-2.0-only
#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "call.h"
#include "file.h"

/* How much of a file a tree shows. */
enum { SHOWN = 4096 };

static const char no_path[] = "path must be a text";

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int no_dots(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

static void free_entries(struct dirent **entries, int count)
{
	for (int i = 0; i < count; i++)
		free(entries[i]);
	if (count >= 0)
		free(entries);
}

const char *folder_list(const struct json *params, struct text *out)
{
	const char *path = json_text(params, "path");
	struct dirent **entries;
	int count;

	if (!path)
		return no_path;
	count = scandir(path, &entries, no_dots, by_name);
	if (count < 0) {
		answer_errno(out, errno);
		return NULL;
	}
	text_print(out, "\"ret\":0,\"names\":[");
	for (int i = 0; i < count; i++) {
		const struct dirent *entry = entries[i];
		const char *suffix = entry->d_type == DT_DIR ? "/" : entry->d_type == DT_LNK ? "@" : "";
		struct text name = { 0 };

		text_print(&name, "%s%s", entry->d_name, suffix);
		if (i > 0)
			text_add(out, ",", 1);
		text_string(out, name.at, name.length);
		text_free(&name);
	}
	text_add(out, "]", 1);
	free_entries(entries, count);
	return NULL;
}

static void show_content(const char *path, struct text *out)
{
	char data[SHOWN];
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	ssize_t length = fd < 0 ? -1 : read(fd, data, sizeof(data));

	text_add(out, ",", 1);
	if (length < 0) {
		answer_errno(out, errno);
	} else {
		text_print(out, "\"data\":");
		text_string(out, data, (size_t)length);
	}
	if (fd >= 0)
		close(fd);
}

static void show_link(const char *path, struct text *out)
{
	struct text link = { 0 };

	if (link_text(path, &link) == 0) {
		text_print(out, ",\"link\":");
		text_string(out, link.at, link.length);
	}
	text_free(&link);
}

/* Writes all entries below a folder, each behind a comma but the first of all. */
static void show_below(const char *folder, long long depth, struct text *out, bool *first)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, no_dots, by_name);

	for (int i = 0; i < count; i++) {
		struct stat stat;
		char *path;

		if (asprintf(&path, "%s/%s", folder, entries[i]->d_name) < 0)
			abort();
		/* What vanishes meanwhile isn't there. */
		if (lstat(path, &stat) == 0) {
			text_print(out, "%s{\"path\":", *first ? "" : ",");
			*first = false;
			text_string(out, path, strlen(path));
			text_print(out, ",\"mode\":\"%o\"", stat.st_mode);
			if (S_ISLNK(stat.st_mode))
				show_link(path, out);
			else if (S_ISREG(stat.st_mode) && (stat.st_mode & 0444))
				show_content(path, out);
			text_add(out, "}", 1);
			if (S_ISDIR(stat.st_mode) && depth > 1)
				show_below(path, depth - 1, out, first);
		}
		free(path);
	}
	free_entries(entries, count);
}

const char *folder_tree(const struct json *params, struct text *out)
{
	const char *path = json_text(params, "path");
	long long depth;
	bool first = true;
	DIR *folder;

	if (!path || !json_number(params, "depth", &depth))
		return "path must be a text, depth a number";
	folder = opendir(path);
	if (!folder) {
		answer_errno(out, errno);
		return NULL;
	}
	closedir(folder);
	text_print(out, "\"ret\":0,\"entries\":[");
	if (depth > 0)
		show_below(path, depth, out, &first);
	text_add(out, "]", 1);
	return NULL;
}

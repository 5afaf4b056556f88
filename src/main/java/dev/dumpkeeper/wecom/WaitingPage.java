package dev.dumpkeeper.wecom;

import org.jspecify.annotations.Nullable;

/**
 * A page that was not accepted yet.
 *
 * @param id row id
 * @param message its message's number
 * @param subject its message's subject
 * @param page which page it is, from 1
 * @param pages how many pages its message has
 * @param content as stored; a picture's name
 * @param picture the picture, {@code null} for a text
 */
record WaitingPage(long id, long message, String subject, int page, int pages, String content,
		@Nullable Picture picture) {

	/** Returns its name in reports. */
	static String name(String subject, int page, int pages) {
		return (pages == 1) ? subject : subject + ", page " + page + " of " + pages;
	}

	String name() {
		return name(this.subject, this.page, this.pages);
	}

}

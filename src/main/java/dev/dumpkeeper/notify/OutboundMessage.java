package dev.dumpkeeper.notify;

import java.util.List;

/**
 * A message to the group.
 *
 * @param subject unique name, such as {@code digest 12} or {@code daily-report
 * 2026-11-25}, 1 to 200 characters; for reports and never sent
 * @param pages texts in the channel's dialect, 1 or more, each not blank and within its
 * limit. Each states its message and page, so that readers recognise one that arrives
 * twice.
 * @param pictures sent after the texts, 0 or more
 */
public record OutboundMessage(String subject, List<String> pages, List<Picture> pictures) {

	/** How many bytes of UTF-8 a page has at most, whatever the channel: the column's. */
	static final int MAX_PAGE_BYTES = 16_000;

	static final int MAX_SUBJECT_LENGTH = 200;

	/**
	 * Creates a message without pictures.
	 * @param subject unique name
	 * @param pages texts
	 */
	public OutboundMessage(String subject, List<String> pages) {
		this(subject, pages, List.of());
	}

	public OutboundMessage {
		pictures = List.copyOf(pictures);
		if (subject.isBlank() || subject.length() > MAX_SUBJECT_LENGTH) {
			throw new IllegalArgumentException(
					"a subject has 1 to " + MAX_SUBJECT_LENGTH + " characters, not " + subject.length());
		}
		pages = List.copyOf(pages);
		if (pages.isEmpty()) {
			throw new IllegalArgumentException(subject + " has no page");
		}
		if (pages.stream().anyMatch(String::isBlank)) {
			throw new IllegalArgumentException(subject + " has an empty page");
		}
	}

	/**
	 * Returns the message without the pictures that are too large for a channel.
	 * @throws IllegalArgumentException when a page is too large
	 */
	OutboundMessage within(int pageBytes, int pictureBytes) {
		for (int i = 0; i < this.pages.size(); i++) {
			int bytes = Dialect.bytes(this.pages.get(i));
			if (bytes > Math.min(pageBytes, MAX_PAGE_BYTES)) {
				throw new IllegalArgumentException(
						"page " + (i + 1) + " of " + this.subject + " has " + bytes + " bytes, more than " + pageBytes);
			}
		}
		return new OutboundMessage(this.subject, this.pages,
				this.pictures.stream().filter((picture) -> picture.png().length <= pictureBytes).toList());
	}

}

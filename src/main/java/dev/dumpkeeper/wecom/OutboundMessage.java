package dev.dumpkeeper.wecom;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A message to the group.
 *
 * @param subject unique name, such as {@code digest 12} or {@code daily-report
 * 2026-11-25}, 1 to 200 characters; for reports and never sent
 * @param pages texts in the robot's markdown, 1 or more, each not blank and at most
 * {@value #MAX_PAGE_BYTES} bytes of UTF-8. Each states its message and page, so that
 * readers recognise one that arrives twice.
 * @param pictures sent after the texts, 0 or more
 */
public record OutboundMessage(String subject, List<String> pages, List<Picture> pictures) {

	/**
	 * The maximum size of a stored page in bytes; the rest of the robot's limit is for
	 * links.
	 */
	public static final int MAX_PAGE_BYTES = 3800;

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
		for (int i = 0; i < pages.size(); i++) {
			int bytes = bytes(pages.get(i));
			if (pages.get(i).isBlank() || bytes > MAX_PAGE_BYTES) {
				throw new IllegalArgumentException("page " + (i + 1) + " of " + subject + " has " + bytes
						+ " bytes; a page has something in it and at most " + MAX_PAGE_BYTES + " bytes");
			}
		}
	}

	static int bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

}

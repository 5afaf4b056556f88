package dev.dumpkeeper.wecom;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A message to the group.
 *
 * @param subject unique name, such as {@code digest 12} or
 * {@code daily-report 2026-11-25}, 1 to 200 characters; for reports and never sent
 * @param pages texts in the robot's markdown, 1 or more, each with something in it and at
 * most {@value #MAX_PAGE_BYTES} bytes of UTF-8. Each says which page of which message it
 * is, so that readers recognise one that comes twice.
 * @param pictures what follows the texts, 0 or more
 */
public record OutboundMessage(String subject, List<String> pages, List<Picture> pictures) {

	/** What a stored page may have; the rest of the robot's limit is for links. */
	public static final int MAX_PAGE_BYTES = 3800;

	static final int MAX_SUBJECT_LENGTH = 200;

	/**
	 * A message of texts alone.
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

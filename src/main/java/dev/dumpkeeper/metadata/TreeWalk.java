package dev.dumpkeeper.metadata;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.ListingPage;
import dev.dumpkeeper.gateway.ObjectEntry;

/**
 * Traverses a tree of directories in the order of an S3 listing, by the bytes of whole
 * keys: a directory {@code a} sorts as {@code a/}, after {@code a-b} and before
 * {@code a0}. Names arrive in the order of their own bytes, so a directory waits until no
 * name that belongs before its slash can follow.
 * <p>
 * Memory does not grow with the tree: names are read in pages, a stack holds the open
 * directories, and the rest of a page of outer ones is discarded and read again when
 * there are too many.
 */
final class TreeWalk {

	/** The size of the gateway's pages. */
	private static final int PAGE = 1000;

	/**
	 * Keys longer than this many characters are not descended into: keys beyond 1024
	 * bytes cannot be addressed, and directories can be nested without end.
	 */
	static final int MAX_DIRECTORY = 8192;

	/**
	 * The suffix of a name that stands for a whole tree, which no request can contain.
	 */
	private static final String TOO_DEEP = "\uFFFD";

	private final DirectoryReader reader;

	private final int read;

	private final int maxBuffered;

	private final List<Frame> open = new ArrayList<>();

	private final StringBuilder path = new StringBuilder();

	/**
	 * The number of names that were read and not returned yet, in all open directories.
	 */
	private int buffered;

	/** The index of the outermost directory with buffered names. */
	private int firstBuffered;

	private int pages;

	TreeWalk(DirectoryReader reader, long root) {
		this(reader, root, PAGE, 50 * PAGE);
	}

	/**
	 * Creates an instance.
	 * @param root the directory whose names are keys without a slash
	 * @param read how many names are read at once
	 * @param maxBuffered how many names may be buffered, apart from the innermost
	 * directory
	 */
	TreeWalk(DirectoryReader reader, long root, int read, int maxBuffered) {
		this.reader = reader;
		this.read = read;
		this.maxBuffered = maxBuffered;
		this.open.add(new Frame(root, 0, true));
	}

	ListingPage next() throws SQLException {
		List<ObjectEntry> entries = new ArrayList<>(PAGE);
		List<String> linked = new ArrayList<>();
		while (!this.open.isEmpty() && entries.size() + linked.size() < PAGE) {
			step(entries, linked);
		}
		return new ListingPage(entries, this.open.isEmpty() ? null : Integer.toString(++this.pages), linked);
	}

	private void step(List<ObjectEntry> entries, List<String> linked) throws SQLException {
		Frame frame = this.open.get(this.open.size() - 1);
		DirectoryEntry next = peek(frame);
		DirectoryEntry waiting = frame.waiting.peek();
		if (waiting != null && (next == null || !isBeforeSlash(next.name(), waiting.name()))) {
			frame.waiting.pop();
			enter(waiting, entries);
		}
		else if (next == null) {
			leave(frame, entries);
		}
		else {
			take(frame, next);
			if (next.isDirectory()) {
				frame.waiting.push(next);
			}
			else if (next.isFile()) {
				entries.add(new ObjectEntry(this.path + next.text(), next.length(), next.lastModified(), next.inode()));
			}
			else {
				linked.add(this.path + next.text());
			}
		}
	}

	/**
	 * Whether a name belongs before an earlier directory: it continues with a byte below
	 * that of a slash.
	 */
	private static boolean isBeforeSlash(byte[] name, byte[] directory) {
		if (name.length <= directory.length || name[directory.length] >= '/' || name[directory.length] < 0) {
			return false;
		}
		for (int i = 0; i < directory.length; i++) {
			if (name[i] != directory[i]) {
				return false;
			}
		}
		return true;
	}

	private void enter(DirectoryEntry directory, List<ObjectEntry> entries) {
		int length = this.path.length();
		this.path.append(directory.text()).append('/');
		if (this.path.length() > MAX_DIRECTORY) {
			entries.add(new ObjectEntry(this.path + TOO_DEEP, 0, Instant.EPOCH));
			this.path.setLength(length);
			return;
		}
		if (directory.isMarked()) {
			entries.add(new ObjectEntry(this.path.toString(), 0, directory.lastModified()));
		}
		forget();
		Frame frame = new Frame(directory.inode(), length, directory.isMarked());
		frame.lastModified = directory.lastModified();
		this.open.add(frame);
	}

	private void leave(Frame frame, List<ObjectEntry> entries) {
		if (!frame.shown) {
			entries.add(new ObjectEntry(this.path.toString(), 0, frame.lastModified));
		}
		this.path.setLength(frame.outer);
		this.open.remove(this.open.size() - 1);
		this.firstBuffered = Math.min(this.firstBuffered, Math.max(0, this.open.size() - 1));
	}

	private @Nullable DirectoryEntry peek(Frame frame) throws SQLException {
		while (frame.at == frame.entries.size() && !frame.last) {
			DirectoryReader.Page page = this.reader.read(frame.inode, frame.after, this.read);
			frame.entries = page.entries();
			frame.at = 0;
			frame.after = page.next();
			frame.last = page.last();
			frame.shown |= !page.entries().isEmpty();
			this.buffered += page.entries().size();
		}
		return (frame.at < frame.entries.size()) ? frame.entries.get(frame.at) : null;
	}

	private void take(Frame frame, DirectoryEntry entry) {
		frame.at++;
		frame.taken = entry.name();
		this.buffered--;
	}

	/** Discards the names that are needed last. */
	private void forget() {
		for (; this.buffered > this.maxBuffered && this.firstBuffered < this.open.size(); this.firstBuffered++) {
			Frame frame = this.open.get(this.firstBuffered);
			int rest = frame.entries.size() - frame.at;
			if (rest > 0) {
				this.buffered -= rest;
				frame.entries = List.of();
				frame.at = 0;
				frame.after = frame.taken;
				frame.last = false;
			}
		}
	}

	private static final class Frame {

		private final long inode;

		/** The length of the path outside of it. */
		private final int outer;

		/**
		 * Directories that were read and are to be descended into later, the next one
		 * first.
		 */
		private final Deque<DirectoryEntry> waiting = new ArrayDeque<>();

		private List<DirectoryEntry> entries = List.of();

		private int at;

		private byte[] after = {};

		private byte[] taken = {};

		private boolean last;

		/** Whether it needs no key of its own, because it is not empty or has one. */
		private boolean shown;

		private Instant lastModified = Instant.EPOCH;

		Frame(long inode, int outer, boolean shown) {
			this.inode = inode;
			this.outer = outer;
			this.shown = shown;
		}

	}

}

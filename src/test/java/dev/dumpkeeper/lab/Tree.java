package dev.dumpkeeper.lab;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

/**
 * What a volume holds when its gateway starts. Parent directories come by themselves;
 * files hold zeros.
 */
public final class Tree {

	private static final int DIRECTORY_MODE = 0777;

	private static final int FILE_MODE = 0600;

	private final Node root = Node.directory(DIRECTORY_MODE);

	private Tree() {
	}

	public static Tree create() {
		return new Tree();
	}

	public Tree directory(String path) {
		return directory(path, DIRECTORY_MODE);
	}

	/**
	 * Adds a directory, or changes the mode of one.
	 * @param path its path
	 * @param mode its permissions, such as {@code 0777}; the gateways themselves run as
	 * root and do not mind
	 * @return this tree
	 */
	public Tree directory(String path, int mode) {
		this.root.descend(path).mode = mode;
		return this;
	}

	public Tree file(String path, long size, Instant lastModified) {
		add(path, new Node(Kind.REGULAR, FILE_MODE, size, lastModified));
		return this;
	}

	/**
	 * Adds many files. 100,000 of them make a volume in a few seconds.
	 * @param count how many
	 * @param file makes each of them from its index, 0 to {@code count - 1}
	 * @return this tree
	 */
	public Tree files(int count, IntFunction<File> file) {
		for (int i = 0; i < count; i++) {
			File next = file.apply(i);
			file(next.path(), next.size(), next.lastModified());
		}
		return this;
	}

	/**
	 * Adds a symbolic link. Only JuiceFS has them.
	 * @param path its path
	 * @param target what it points to, relative to its directory
	 * @return this tree
	 */
	public Tree symlink(String path, String target) {
		Node link = new Node(Kind.SYMLINK, 0777, target.getBytes(StandardCharsets.UTF_8).length, Instant.now());
		link.target = target;
		add(path, link);
		return this;
	}

	/**
	 * Makes what is already at a path impossible to delete: the gateway says yes and it
	 * stays. In an immutable directory nothing can be added or deleted. Only JuiceFS has
	 * this.
	 * @param path a file or directory added before
	 * @return this tree
	 */
	public Tree immutable(String path) {
		Node node = this.root;
		for (String name : path.split("/")) {
			Node child = node.children.get(name);
			if (child == null) {
				throw new IllegalArgumentException("Nothing is at " + path + " yet");
			}
			node = child;
		}
		node.immutable = true;
		return this;
	}

	/**
	 * Shows everything to a visitor, directories before their content.
	 * @param visitor gets each path
	 */
	void forEach(Visitor visitor) {
		forEach("", this.root, visitor);
	}

	/**
	 * The tree in the form {@code juicefs load} takes.
	 * @param volume the volume's name
	 * @param storage the directory the data is kept in
	 * @param trashDays how long JuiceFS keeps what is deleted
	 * @return the JSON
	 */
	String toJuicefs(String volume, String storage, int trashDays) {
		StringBuilder tree = new StringBuilder();
		long inodes = new JuicefsWriter(tree).write(this.root, 1);
		return """
				{"Setting":{"Name":"%s","UUID":"fd924863-bc2c-4489-afd6-f42991821528","Storage":"file",\
				"Bucket":"%s/","BlockSize":4096,"Compression":"none","EncryptAlgo":"aes256gcm-rsa",\
				"TrashDays":%d,"MetaVersion":1,"MinClientVersion":"1.1.0-A","DirStats":true,"EnableACL":false},
				"Counters":{"usedSpace":0,"usedInodes":0,"nextInodes":%d,"nextChunk":1,"nextSession":1,"nextTrash":0},
				"Sustained":[],"DelFiles":[],
				"FSTree":%s,
				"Trash":{"attr":{"inode":9223372032828243968,"type":"directory","mode":0,"uid":0,"gid":0,\
				"atime":0,"mtime":0,"ctime":0,"nlink":2,"length":0},"entries":{}}}
				""".formatted(volume, storage, trashDays, inodes + 1, tree);
	}

	private void add(String path, Node node) {
		int slash = path.lastIndexOf('/');
		Node directory = (slash < 0) ? this.root : this.root.descend(path.substring(0, slash));
		directory.children.put(path.substring(slash + 1), node);
	}

	private static void forEach(String prefix, Node directory, Visitor visitor) {
		directory.children.forEach((name, node) -> {
			String path = prefix + name;
			visitor.visit(path, node);
			forEach(path + "/", node, visitor);
		});
	}

	/**
	 * One of many files.
	 *
	 * @param path its path
	 * @param size its size in bytes
	 * @param lastModified its time
	 */
	public record File(String path, long size, Instant lastModified) {
	}

	/**
	 * Sees each path of a tree.
	 */
	@FunctionalInterface
	interface Visitor {

		void visit(String path, Node node);

	}

	/**
	 * What can be at a path.
	 */
	enum Kind {

		REGULAR, DIRECTORY, SYMLINK

	}

	/**
	 * What is at a path.
	 */
	static final class Node {

		final Kind kind;

		final long size;

		final Instant lastModified;

		final Map<String, Node> children = new TreeMap<>();

		int mode;

		boolean immutable;

		@Nullable String target;

		Node(Kind kind, int mode, long size, Instant lastModified) {
			this.kind = kind;
			this.mode = mode;
			this.size = size;
			this.lastModified = lastModified;
		}

		static Node directory(int mode) {
			return new Node(Kind.DIRECTORY, mode, 0, Instant.now());
		}

		Node descend(String path) {
			Node node = this;
			for (String name : path.split("/")) {
				node = node.children.computeIfAbsent(name, (missing) -> directory(DIRECTORY_MODE));
				if (node.kind != Kind.DIRECTORY) {
					throw new IllegalArgumentException("A part of " + path + " is not a directory");
				}
			}
			return node;
		}

	}

	/**
	 * Writes nodes as JuiceFS dumps them, with inodes in order of their appearance.
	 */
	private static final class JuicefsWriter {

		/** JuiceFS's own number for a file that cannot be changed or deleted. */
		private static final int IMMUTABLE = 1;

		private final StringBuilder json;

		private long inode;

		JuicefsWriter(StringBuilder json) {
			this.json = json;
		}

		/**
		 * Writes a node and what is below it.
		 * @param node the node
		 * @param number its inode
		 * @return the highest inode given so far
		 */
		long write(Node node, long number) {
			this.inode = number;
			String type = node.kind.name().toLowerCase(Locale.ROOT);
			long seconds = node.lastModified.getEpochSecond();
			int nanos = node.lastModified.getNano();
			this.json.append("{\"attr\":{\"inode\":").append(number);
			this.json.append(",\"flags\":").append(node.immutable ? IMMUTABLE : 0);
			this.json.append(",\"type\":\"").append(type).append("\",\"mode\":").append(node.mode);
			this.json.append(",\"uid\":0,\"gid\":0,\"nlink\":1,\"length\":").append(node.size);
			for (String time : new String[] { "atime", "mtime", "ctime" }) {
				this.json.append(",\"").append(time).append("\":").append(seconds);
				this.json.append(",\"").append(time).append("nsec\":").append(nanos);
			}
			this.json.append('}');
			switch (node.kind) {
				case REGULAR -> this.json.append(",\"chunks\":[]");
				case SYMLINK -> this.json.append(",\"symlink\":").append(quoted(String.valueOf(node.target)));
				case DIRECTORY -> writeChildren(node);
			}
			this.json.append('}');
			return this.inode;
		}

		private void writeChildren(Node node) {
			this.json.append(",\"entries\":{");
			Iterator<Map.Entry<String, Node>> children = node.children.entrySet().iterator();
			while (children.hasNext()) {
				Map.Entry<String, Node> child = children.next();
				this.json.append('\n').append(quoted(child.getKey())).append(':');
				write(child.getValue(), this.inode + 1);
				this.json.append(children.hasNext() ? "," : "");
			}
			this.json.append('}');
		}

		/**
		 * JuiceFS writes unusual bytes of a name as in an address, which leaves nothing
		 * for JSON to escape.
		 * @param name a name
		 * @return the name as a JSON string
		 */
		private static String quoted(String name) {
			StringBuilder quoted = new StringBuilder("\"");
			name.chars().forEach((c) -> {
				if (c <= ' ' || c == '%' || c == '"' || c == '\\') {
					quoted.append("%%%02X".formatted(c));
				}
				else {
					quoted.append((char) c);
				}
			});
			return quoted.append('"').toString();
		}

	}

}

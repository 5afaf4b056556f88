package dev.dumpkeeper.lab;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A WeCom group robot on the loopback interface. It judges messages as the real one does
 * (docs/wecom.md), remembers what the group saw, and fails as a script says: each
 * {@link Fault} is for one request, and after the last it is healthy again.
 */
public final class FakeRobot implements AutoCloseable {

	/** The only key it knows. */
	public static final String KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa";

	private static final int PER_MINUTE = 20;

	/** Limits in bytes of UTF-8. */
	private static final Map<String, Integer> TEXT_TYPES = Map.of("text", 2048, "markdown", 4096, "markdown_v2", 4096);

	private static final int LARGEST_PICTURE = 2 * 1024 * 1024;

	private static final int WRONG_SUM = 301019;

	private static final Set<String> OTHER_TYPES = Set.of("image", "news", "file");

	private final ServerSocket server;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final CountDownLatch closed = new CountDownLatch(1);

	private final Deque<Fault> script = new ArrayDeque<>();

	private final List<String> delivered = new ArrayList<>();

	private final List<byte[]> pictures = new ArrayList<>();

	private final Deque<Instant> accepted = new ArrayDeque<>();

	private @Nullable Thread accepting;

	private @Nullable Clock limit;

	private int requests;

	private FakeRobot() throws IOException {
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
	}

	/**
	 * Starts a healthy robot.
	 * @return the robot
	 */
	public static FakeRobot start() {
		try {
			FakeRobot robot = new FakeRobot();
			robot.accepting = robot.inBackground(robot::accept);
			return robot;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Its address.
	 * @return the address with the key
	 */
	public String url() {
		return "http://127.0.0.1:" + this.server.getLocalPort() + "/cgi-bin/webhook/send?key=" + KEY;
	}

	/**
	 * Adds faults behind those that are still to come, one for each request.
	 * @param faults in order
	 * @return this
	 */
	public synchronized FakeRobot script(Fault... faults) {
		this.script.addAll(List.of(faults));
		return this;
	}

	/**
	 * Forgets the faults that are still to come.
	 */
	public synchronized void recover() {
		this.script.clear();
	}

	/**
	 * From now on takes no more than 20 messages in 60 seconds.
	 * @param clock what the seconds are counted on
	 * @return this
	 */
	public synchronized FakeRobot limited(Clock clock) {
		this.limit = clock;
		return this;
	}

	/**
	 * What the group has seen, also where the sender never heard of it.
	 * @return the texts in order
	 */
	public synchronized List<String> delivered() {
		return List.copyOf(this.delivered);
	}

	/**
	 * The pictures that the group has seen.
	 * @return their bytes in order
	 */
	public synchronized List<byte[]> pictures() {
		return List.copyOf(this.pictures);
	}

	/**
	 * How often it was called.
	 * @return the number of whole requests, whatever came of them
	 */
	public synchronized int requests() {
		return this.requests;
	}

	/**
	 * Hears nothing more: connections are refused from now on.
	 */
	@Override
	public void close() {
		this.closed.countDown();
		try {
			this.server.close();
			// The port is open for as long as a thread still waits in accept.
			if (this.accepting != null) {
				this.accepting.join();
			}
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void accept() throws IOException {
		while (true) {
			Socket client = this.server.accept();
			this.sockets.add(client);
			inBackground(() -> serve(client));
		}
	}

	private void serve(Socket client) throws IOException {
		try (client) {
			client.setTcpNoDelay(true);
			InputStream input = new BufferedInputStream(client.getInputStream());
			for (Request request = Request.read(input); request != null; request = Request.read(input)) {
				Answer answer = answer(request);
				if (answer.hangs()) {
					this.closed.await();
				}
				if (answer.resets()) {
					client.setSoLinger(true, 0);
					return;
				}
				client.getOutputStream().write(answer.bytes());
				client.getOutputStream().flush();
				if (answer.truncated()) {
					return;
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.sockets.remove(client);
		}
	}

	private synchronized Answer answer(Request request) {
		this.requests++;
		Fault fault = this.script.poll();
		if (fault == null || fault.answer == null) {
			return Answer.errcode(judge(request));
		}
		if (fault.delivers) {
			judge(request);
		}
		return fault.answer;
	}

	/** Lets the group see the message, or says why not. */
	private int judge(Request request) {
		if (!request.line().startsWith("POST ") || !request.line().contains("key=" + KEY + " ")) {
			return 93000;
		}
		JsonNode message;
		try {
			message = JsonMapper.shared().readTree(request.body());
		}
		catch (JacksonException ex) {
			return 40008;
		}
		String type = message.path("msgtype").asString("");
		String text = message.path(type).path("content").asString("");
		Integer longest = TEXT_TYPES.get(type);
		if (longest == null) {
			if (!OTHER_TYPES.contains(type)) {
				return 40008;
			}
			if (message.path(type).isEmpty()) {
				return 44004;
			}
			if (type.equals("image")) {
				return judgePicture(message.path(type));
			}
			text = message.path(type).toString();
		}
		else if (text.isBlank()) {
			return 44004;
		}
		else if (text.getBytes(StandardCharsets.UTF_8).length > longest) {
			return 40058;
		}
		if (isTooFrequent()) {
			return 45009;
		}
		this.delivered.add(text);
		return 0;
	}

	private int judgePicture(JsonNode image) {
		byte[] bytes;
		try {
			bytes = Base64.getDecoder().decode(image.path("base64").asString(""));
			if (!HexFormat.of()
				.formatHex(MessageDigest.getInstance("MD5").digest(bytes))
				.equals(image.path("md5").asString(""))) {
				return WRONG_SUM;
			}
		}
		catch (IllegalArgumentException | NoSuchAlgorithmException ex) {
			return 40058;
		}
		if (bytes.length > LARGEST_PICTURE) {
			return 40009;
		}
		if (isTooFrequent()) {
			return 45009;
		}
		this.pictures.add(bytes);
		return 0;
	}

	private boolean isTooFrequent() {
		if (this.limit == null) {
			return false;
		}
		Instant now = this.limit.instant();
		while (!this.accepted.isEmpty() && !this.accepted.getFirst().isAfter(now.minus(Duration.ofMinutes(1)))) {
			this.accepted.removeFirst();
		}
		if (this.accepted.size() >= PER_MINUTE) {
			return true;
		}
		this.accepted.addLast(now);
		return false;
	}

	/** Runs one end of a connection until somebody closes it. */
	private Thread inBackground(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException ex) {
				// A closed connection is what this class is for.
			}
		}, "fake-robot");
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	@FunctionalInterface
	private interface Task {

		void run() throws IOException;

	}

	/**
	 * What happens to one request. Unless it says otherwise the group sees nothing of it.
	 */
	public static final class Fault {

		private final String name;

		private final @Nullable Answer answer;

		private final boolean delivers;

		private Fault(String name, @Nullable Answer answer, boolean delivers) {
			this.name = name;
			this.answer = answer;
			this.delivers = delivers;
		}

		/**
		 * No fault: the message is judged.
		 * @return a step in a script at which nothing happens
		 */
		public static Fault none() {
			return new Fault("none", null, true);
		}

		/**
		 * Answers 200 with an errcode.
		 * @param errcode the code
		 * @return the fault
		 */
		public static Fault errcode(int errcode) {
			return new Fault("errcode " + errcode, Answer.errcode(errcode), false);
		}

		/**
		 * Answers with a status and an empty page in HTML, as proxies do.
		 * @param status the HTTP status
		 * @return the fault
		 */
		public static Fault status(int status) {
			return answer(status, "text/html", "<html><body>" + status + "</body></html>");
		}

		/**
		 * Answers with a redirect.
		 * @param location where to
		 * @return the fault
		 */
		public static Fault redirect(String location) {
			return new Fault("redirect", Answer.of(302, "Location: " + location, ""), false);
		}

		/**
		 * Answers 200 with a page in HTML.
		 * @return the fault
		 */
		public static Fault html() {
			return answer(200, "text/html", "<!DOCTYPE html><html><body>Sign in to the network</body></html>");
		}

		/**
		 * Answers 200 with nothing.
		 * @return the fault
		 */
		public static Fault empty() {
			return answer(200, "application/json", "");
		}

		/**
		 * Answers with anything.
		 * @param status the HTTP status
		 * @param contentType the body's type
		 * @param body the body
		 * @return the fault
		 */
		public static Fault answer(int status, String contentType, String body) {
			return new Fault("answer " + status + " " + contentType,
					Answer.of(status, "Content-Type: " + contentType, body), false);
		}

		/**
		 * Never answers, and keeps the connection open.
		 * @return the fault
		 */
		public static Fault hang() {
			return new Fault("hang", new Answer(true, false, false, new byte[0]), false);
		}

		/**
		 * Resets the connection once the request is read.
		 * @return the fault
		 */
		public static Fault reset() {
			return new Fault("reset", new Answer(false, true, false, new byte[0]), false);
		}

		/**
		 * Closes the connection in the middle of the answer.
		 * @return the fault
		 */
		public static Fault truncated() {
			byte[] whole = Answer.errcode(0).bytes();
			byte[] front = new byte[whole.length - 5];
			System.arraycopy(whole, 0, front, 0, front.length);
			return new Fault("truncated", new Answer(false, false, true, front), false);
		}

		/**
		 * The same, but the group sees the message before.
		 * @return another fault
		 */
		public Fault afterDelivery() {
			return new Fault(this.name + " after delivery", this.answer, true);
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	/** What is written to a connection, or not. */
	private record Answer(boolean hangs, boolean resets, boolean truncated, byte[] bytes) {

		static Answer errcode(int errcode) {
			return of(200, "Content-Type: application/json; charset=UTF-8", "{\"errcode\":" + errcode + ",\"errmsg\":\""
					+ ((errcode == 0) ? "ok" : "said by the fake robot") + "\"}");
		}

		static Answer of(int status, String header, String body) {
			byte[] content = body.getBytes(StandardCharsets.UTF_8);
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			bytes.writeBytes(
					("HTTP/1.1 " + status + " Fake\r\n" + header + "\r\nContent-Length: " + content.length + "\r\n\r\n")
						.getBytes(StandardCharsets.ISO_8859_1));
			bytes.writeBytes(content);
			return new Answer(false, false, false, bytes.toByteArray());
		}

	}

	/**
	 * A whole request.
	 *
	 * @param line its first line
	 * @param body its body
	 */
	private record Request(String line, byte[] body) {

		static @Nullable Request read(InputStream input) throws IOException {
			String line = readLine(input);
			if (line == null) {
				return null;
			}
			int length = 0;
			for (String header = readLine(input); header != null && !header.isEmpty(); header = readLine(input)) {
				if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
					length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
				}
			}
			byte[] body = input.readNBytes(length);
			if (body.length < length) {
				throw new EOFException("The body ends after " + body.length + " of " + length + " bytes");
			}
			return new Request(line, body);
		}

		private static @Nullable String readLine(InputStream input) throws IOException {
			ByteArrayOutputStream line = new ByteArrayOutputStream();
			for (int next = input.read(); next != '\n'; next = input.read()) {
				if (next < 0) {
					return null;
				}
				line.write(next);
			}
			return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
		}

	}

}

package io.github.latent4j.examples;

import io.github.latent4j.examples.notebook.Lesson;
import io.github.latent4j.examples.notebook.Notebook;
import io.github.latent4j.examples.notebook.Size;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs each lesson small, once for all tests. */
final class Lessons {
    private static final Path PAGES = Path.of("target/lessons");
    private static final Map<Class<?>, Object> DONE = new HashMap<>();

    private Lessons() {}

    /** What a lesson found out. */
    @SuppressWarnings("unchecked")
    static synchronized <R> R run(Class<?> type, Lesson<R> lesson) throws Exception {
        if (!DONE.containsKey(type)) {
            DONE.put(type, Notebook.run(type, lesson, Size.SMALL, folder(type)));
        }
        return (R) DONE.get(type);
    }

    /** The page of a lesson, which is run if it was not yet. */
    static Path page(Class<?> type) throws Exception {
        Method run = run(type);
        run(type, (size, notebook) -> run.invoke(null, size, notebook));
        return folder(type).resolve("index.html");
    }

    /** Where a lesson's page and files are. */
    static Path folder(Class<?> type) {
        return PAGES.resolve(type.getSimpleName());
    }

    /** The classes of the package that are lessons. */
    static List<Class<?>> all() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target/classes/io/github/latent4j/examples"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\w+\\.class"))
                    .sorted()
                    .<Class<?>>map(name -> named(name.substring(0, name.length() - ".class".length())))
                    .filter(type -> Stream.of(type.getDeclaredMethods()).anyMatch(Lessons::isLesson))
                    .toList();
        }
    }

    private static boolean isLesson(Method method) {
        return method.getName().equals("run")
                && List.of(method.getParameterTypes()).equals(List.of(Size.class, Notebook.class));
    }

    private static Method run(Class<?> type) throws NoSuchMethodException {
        return type.getDeclaredMethod("run", Size.class, Notebook.class);
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(Lessons.class.getPackageName() + "." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}

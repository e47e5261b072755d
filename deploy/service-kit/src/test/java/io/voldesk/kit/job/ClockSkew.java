package io.voldesk.kit.job;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A Java agent: the JVM it is in has a clock that is so many seconds ahead. */
public final class ClockSkew {
    private ClockSkew() {}

    /** The agent as the option of a JVM. */
    static String option(Path folder, long seconds) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", ClockSkew.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        Path jar = Files.createTempFile(folder, "skew", ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            String name = ClockSkew.class.getName().replace('.', '/') + ".class";
            for (String entry : new String[] {name, name.replace(".class", "$Ahead.class")}) {
                entries.putNextEntry(new JarEntry(entry));
                try (var in = ClockSkew.class.getResourceAsStream("/" + entry)) {
                    in.transferTo(entries);
                }
            }
        }
        return "-javaagent:" + jar + "=" + seconds;
    }

    public static void premain(String seconds, Instrumentation jvm) throws Exception {
        jvm.addTransformer(new Ahead(Long.parseLong(seconds)), true);
        jvm.retransformClasses(Class.forName("java.time.Clock"));
    }

    private record Ahead(long seconds) implements ClassFileTransformer {
        private static final ClassDesc INSTANT = ClassDesc.of("java.time.Instant");

        @Override
        public byte[] transform(
                ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
            if (!"java/time/Clock".equals(name)) {
                return null;
            }
            CodeTransform later = (code, element) -> {
                if (element instanceof ReturnInstruction) {
                    code.loadConstant(seconds)
                            .invokevirtual(INSTANT, "plusSeconds", MethodTypeDesc.of(INSTANT, ConstantDescs.CD_long));
                }
                code.with(element);
            };
            ClassFile file = ClassFile.of();
            return file.transformClass(
                    file.parse(bytes),
                    ClassTransform.transformingMethodBodies(
                            method -> method.methodName().equalsString("currentInstant"), later));
        }
    }
}

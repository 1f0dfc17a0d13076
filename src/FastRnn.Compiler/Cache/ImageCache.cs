extern alias generators;

using System.Security.Cryptography;
using System.Text;

using FastRnn.Compiler.Compilation;
using FastRnn.Files;

namespace FastRnn.Compiler.Cache;

/// <summary>The place of one declaration in a folder of compiled ones. Its name is a hash of everything that what is compiled depends on;
/// the file holds a hash of its content, and is believed only if that is right.</summary>
internal sealed class ImageCache
{
    // Larger than any assembly: a file beyond it is not one of ours.
    private const int MostBytes = 1 << 28;
    private const int HashBytes = 32;

    // Of the file's form: a change of it is another name.
    private const string Form = "FastRnn compiled declaration 1";

    private readonly string folder;
    private readonly byte[] key;

    private ImageCache(string folder, byte[] key) => (this.folder, this.key) = (folder, key);

    /// <summary>Where caches of this user lie; empty if there is no such folder.</summary>
    public static string DefaultFolder
    {
        get
        {
            if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())
                return In(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "fastrnn", "compiled");
            var caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            return Path.IsPathRooted(caches) ? In(caches, "fastrnn", "compiled")
                : In(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "fastrnn", "compiled");
        }
    }

    private string File => Path.Combine(folder, Convert.ToHexStringLower(key) + ".fastrnn");

    /// <summary>The place of a text that is compiled so.</summary>
    public static ImageCache Of(string folder, string declaration, SimdWidth width, CompileOptions options)
    {
        using var text = new MemoryStream();
        using (var writer = new BinaryWriter(text, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Form);
            writer.Write((int)width);
            writer.Write(options.Path);
            writer.Write(declaration);
            foreach (var version in Versions(options))
                writer.Write(version.ToByteArray());

            // The compiler is not loaded for a hash: what this assembly was built with has to do.
            foreach (var name in typeof(ImageCache).Assembly.GetReferencedAssemblies())
                writer.Write(name.FullName);
        }

        return new(folder, SHA256.HashData(text.GetBuffer().AsSpan(0, (int)text.Length)));
    }

    /// <summary>What was compiled before; null if there is nothing, or nothing that can be believed.</summary>
    public CompiledImage? Read()
    {
        try
        {
            using var stream = new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (stream.Length is < HashBytes or > MostBytes)
                return null;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return Hash(content.AsSpan(HashBytes)).AsSpan().SequenceEqual(content.AsSpan(0, HashBytes))
                ? Parse(content) : null;
        }
        catch (Exception e) when (IsOfTheFileSystem(e))
        {
            return null;
        }
    }

    /// <summary>Keeps it for the next time, if that can be done.</summary>
    public void Write(CompiledImage image)
    {
        try
        {
            MakeFolder();
            AtomicFile.Write(File, stream => stream.Write(Format(image)));
        }
        catch (Exception e) when (IsOfTheFileSystem(e))
        {
            // It costs the time that it would have saved, and no more.
        }
    }

    private static string In(string root, params string[] names) => root.Length == 0 ? "" : Path.Combine([root, .. names]);

    // Module version ids: another build of the generator, the runtime or the framework is another compilation.
    private static IEnumerable<Guid> Versions(CompileOptions options) =>
        new[]
        {
            typeof(generators::FastRnn.Generators.Emission.CodeWriter).Assembly, typeof(ModelAttribute).Assembly,
            typeof(ImageCache).Assembly, typeof(object).Assembly,
        }
        .Concat(options.References).Select(assembly => assembly.ManifestModule.ModuleVersionId);

    private static bool IsOfTheFileSystem(Exception e) =>
        e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or System.Security.SecurityException;

    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    // The hash is also over the key, so that a file under another's name is not believed.
    private byte[] Hash(ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(key);
        hash.AppendData(content);
        return hash.GetHashAndReset();
    }

    private byte[] Format(CompiledImage image)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(new byte[HashBytes]);
        writer.Write(image.Diagnostics.Count);
        foreach (var diagnostic in image.Diagnostics)
        {
            writer.Write(diagnostic.Id);
            writer.Write((int)diagnostic.Severity);
            writer.Write(diagnostic.Message);
            writer.Write(diagnostic.Path);
            writer.Write(diagnostic.Line);
            writer.Write(diagnostic.Column);
        }

        writer.Write(image.Bytes!.Length);
        writer.Write(image.Bytes);
        var content = stream.ToArray();
        Hash(content.AsSpan(HashBytes)).CopyTo(content, 0);
        return content;
    }

    // Its hash was right: what stands there is what was written.
    private static CompiledImage Parse(byte[] content)
    {
        using var stream = new MemoryStream(content, HashBytes, content.Length - HashBytes, writable: false);
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        var diagnostics = new CompileDiagnostic[reader.ReadInt32()];
        for (var i = 0; i < diagnostics.Length; i++)
        {
            diagnostics[i] = new(
                reader.ReadString(), (CompileSeverity)reader.ReadInt32(), reader.ReadString(), reader.ReadString(), reader.ReadInt32(),
                reader.ReadInt32());
        }

        return new(reader.ReadBytes(reader.ReadInt32()), diagnostics);
    }
}

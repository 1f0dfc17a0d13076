using System.Reflection;
using System.Text;

namespace FastRnn.Cli.Corpus;

/// <summary>The default text: FastRnn's own C# sources, put into this assembly when it was built.</summary>
internal static class EmbeddedCorpus
{
    private const string Prefix = "corpus/";

    /// <summary>All files in the order of their paths, two newlines between one and the next: the same bytes wherever the sources are the
    /// same.</summary>
    public static byte[] Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var names = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .OrderBy(name => name.Replace('\\', '/'), StringComparer.Ordinal);
        return Encoding.UTF8.GetBytes(string.Join("\n\n", names.Select(name => ReadFile(assembly, name))));
    }

    private static string ReadFile(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}

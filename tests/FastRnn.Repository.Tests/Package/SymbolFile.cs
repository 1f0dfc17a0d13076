using System.Reflection.Metadata;

namespace FastRnn.Repository.Tests.Package;

/// <summary>A portable PDB, read.</summary>
internal static class SymbolFile
{
    /// <summary>"Embedded source" in the format's list of kinds.</summary>
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    /// <summary>The sources that it names, and whether it holds them.</summary>
    public static IReadOnlyList<(string Name, bool IsEmbedded)> Documents(byte[] bytes)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(bytes));
        var reader = provider.GetMetadataReader();
        return [.. from handle in reader.Documents
                   let kinds = reader.GetCustomDebugInformation(handle)
                       .Select(information => reader.GetGuid(reader.GetCustomDebugInformation(information).Kind))
                   select (reader.GetString(reader.GetDocument(handle).Name), kinds.Contains(EmbeddedSource))];
    }
}

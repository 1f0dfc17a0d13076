using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace FastRnn.Repository.Tests.Package;

/// <summary>A package, read: the bytes of each entry.</summary>
internal sealed class PackageFile
{
    /// <summary>Made by the packer about the package itself; older packers give them names and texts by chance.</summary>
    private static readonly string[] Bookkeeping = ["_rels/", "package/", "[Content_Types].xml"];

    public PackageFile(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        foreach (var entry in zip.Entries.Where(
            entry => !Bookkeeping.Any(name => entry.FullName.StartsWith(name, StringComparison.Ordinal))))
        {
            using var bytes = new MemoryStream();
            using var stream = entry.Open();
            stream.CopyTo(bytes);
            Entries.Add(entry.FullName, bytes.ToArray());
        }
    }

    public SortedDictionary<string, byte[]> Entries { get; } = new(StringComparer.Ordinal);

    public IEnumerable<string> Hashes => Entries.Select(entry => $"{entry.Key} {Convert.ToHexStringLower(SHA256.HashData(entry.Value))}");

    public string Text(string entry) => Encoding.UTF8.GetString(Entries[entry]);

    /// <summary>What the package says of itself; elements by their names, whatever their namespace.</summary>
    public IReadOnlyDictionary<string, XElement> Metadata => XDocument
        .Parse(Text(Entries.Keys.Single(name => name.EndsWith(".nuspec", StringComparison.Ordinal))).TrimStart('\uFEFF'))
        .Root!.Elements().Single().Elements().ToDictionary(element => element.Name.LocalName);
}

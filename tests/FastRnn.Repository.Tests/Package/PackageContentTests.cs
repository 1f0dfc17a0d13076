using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;

using FastRnn.Repository.Tests.Harness;

namespace FastRnn.Repository.Tests.Package;

/// <summary>What is in the packages, and what is not.</summary>
[Collection(nameof(OutsideTests))]
public class PackageContentTests(Outside outside)
{
    private static readonly Dictionary<string, string[]> Expected = new()
    {
        ["FastRnn.nupkg"] =
        [
            "FastRnn.nuspec", "README.md", "analyzers/dotnet/cs/FastRnn.CodeFixes.dll", "analyzers/dotnet/cs/FastRnn.Generators.dll",
            .. new[] { "net10.0", "net9.0" }.SelectMany(framework => new[]
            {
                $"build/{framework}/FastRnn.Widths.props", $"build/{framework}/FastRnn.props",
                $"buildTransitive/{framework}/FastRnn.targets", $"lib/{framework}/FastRnn.dll", $"lib/{framework}/FastRnn.xml",
            }),
        ],
        ["FastRnn.snupkg"] = ["FastRnn.nuspec", "lib/net10.0/FastRnn.pdb", "lib/net9.0/FastRnn.pdb"],
        ["FastRnn.Cli.nupkg"] =
        [
            "FastRnn.Cli.nuspec", "README.md", .. new[]
            {
                "DotnetToolSettings.xml", "FastRnn.Cli.deps.json", "FastRnn.Cli.dll", "FastRnn.Cli.pdb", "FastRnn.Cli.runtimeconfig.json",
                "FastRnn.Compiler.dll", "FastRnn.Compiler.pdb", "FastRnn.Distributed.dll", "FastRnn.Distributed.pdb",
                "FastRnn.Generators.dll", "FastRnn.Generators.pdb",
                "FastRnn.Interchange.dll", "FastRnn.Interchange.pdb", "FastRnn.Tables.dll", "FastRnn.Tables.pdb",
                "FastRnn.dll", "FastRnn.pdb", "CommunityToolkit.HighPerformance.dll", "Google.Protobuf.dll",
                "K4os.Compression.LZ4.dll", "MathNet.Numerics.dll",
                "Microsoft.CodeAnalysis.CSharp.dll", "Microsoft.CodeAnalysis.dll", "Microsoft.IO.RecyclableMemoryStream.dll",
                "OxyPlot.dll", "Parquet.dll", "Sep.dll", "Snappier.dll", "ZstdSharp.dll", "csFastFloat.dll", "Spectre.Console.Ansi.dll",
                "Spectre.Console.dll", "System.CommandLine.dll", "System.Numerics.Tensors.dll",
            }.Select(name => $"tools/net10.0/any/{name}"),
        ],
        ["FastRnn.Compiler.nupkg"] =
        [
            "FastRnn.Compiler.nuspec", "README.md", "lib/net10.0/FastRnn.Compiler.dll", "lib/net10.0/FastRnn.Compiler.xml",
            "lib/net10.0/FastRnn.Generators.dll",
        ],
        ["FastRnn.Distributed.nupkg"] =
            ["FastRnn.Distributed.nuspec", "README.md", "lib/net10.0/FastRnn.Distributed.dll", "lib/net10.0/FastRnn.Distributed.xml"],
        ["FastRnn.Interchange.nupkg"] =
            ["FastRnn.Interchange.nuspec", "README.md", "lib/net10.0/FastRnn.Interchange.dll", "lib/net10.0/FastRnn.Interchange.xml"],
        ["FastRnn.Tables.nupkg"] =
            ["FastRnn.Tables.nuspec", "README.md", "lib/net10.0/FastRnn.Tables.dll", "lib/net10.0/FastRnn.Tables.xml"],
        ["FastRnn.Templates.nupkg"] =
        [
            "FastRnn.Templates.nuspec", "README.md", "content/fastrnn-embedded/effect.safetensors",
            .. Checkout.Files.Where(file => file.StartsWith("src/FastRnn.Templates/content/", StringComparison.Ordinal))
            .Select(file => file["src/FastRnn.Templates/".Length..]),
        ],
    };

    public static TheoryData<string> Packages => [.. Expected.Keys];

    [Fact]
    public void There_are_these_packages_and_no_others() => Assert.Equal(
        Expected.Keys.Select(FileName).Order(StringComparer.Ordinal),
        Directory.GetFiles(outside.Feed).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_holds_what_it_should_and_nothing_else(string name) => Assert.Equal(
        Expected[name].Concat(name == "FastRnn.nupkg" ? Precompiled : []).Order(StringComparer.Ordinal), Read(name).Entries.Keys);

    /// <summary>Code for a system stands beside the library that any system can run, and is made of it: what a compiler sees is the
    /// same.</summary>
    [Fact]
    public void The_library_that_is_compiled_ahead_of_time_is_the_library()
    {
        var package = Read("FastRnn.nupkg");
        var (library, hasCode) = Identity(package.Entries["lib/net10.0/FastRnn.dll"]);
        Assert.False(hasCode);
        Assert.All(Precompiled, name => Assert.Equal((library, true), Identity(package.Entries[name])));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_says_what_it_is_and_names_no_host(string name)
    {
        var metadata = Read(name).Metadata;
        Assert.Equal(Path.GetFileNameWithoutExtension(name), metadata["id"].Value);
        Assert.Equal(outside.Version, metadata["version"].Value);
        Assert.NotEmpty(metadata["description"].Value);
        Assert.NotEmpty(metadata["tags"].Value);
        if (name.EndsWith(".nupkg", StringComparison.Ordinal))
        {
            Assert.Equal("The FastRnn authors", metadata["authors"].Value);
            Assert.Equal("MIT", metadata["license"].Value);
            Assert.Equal("README.md", metadata["readme"].Value);
        }

        Assert.Empty(metadata.Keys.Intersect(["projectUrl", "repository", "icon", "iconUrl"]));
    }

    [Fact]
    public void The_library_depends_on_System_Numerics_Tensors_alone() => Assert.Equal(
        ["net10.0 System.Numerics.Tensors", "net9.0 System.Numerics.Tensors"],
        from dependency in Read("FastRnn.nupkg").Metadata["dependencies"].Descendants()
        where dependency.Name.LocalName == "dependency"
        select $"{(string?)dependency.Parent!.Attribute("targetFramework")} {(string?)dependency.Attribute("id")}");

    [Fact]
    public void The_other_packages_depend_on_nothing()
    {
        Assert.DoesNotContain("dependencies", Read("FastRnn.Cli.nupkg").Metadata.Keys);
        Assert.DoesNotContain("dependencies", Read("FastRnn.Templates.nupkg").Metadata.Keys);
    }

    [Fact]
    public void The_editor_finds_a_summary_of_every_public_type()
    {
        var documented = XDocument.Parse(Read("FastRnn.nupkg").Text("lib/net9.0/FastRnn.xml").TrimStart('\uFEFF'))
            .Descendants("member")
            .Where(member => member.Element("summary") is not null).Select(member => (string?)member.Attribute("name")).ToHashSet();
        Findings.None(typeof(CellAttribute).Assembly.GetExportedTypes()
            .Select(type => $"T:{type.FullName!.Replace('+', '.')}").Where(name => !documented.Contains(name)));
    }

    /// <summary>Everything else of a package is made of these and of files of the repository.</summary>
    [Fact]
    public void Assemblies_are_made_reproducibly() => Assert.All(Ours(".dll"), file =>
    {
        using var assembly = new PEReader(new MemoryStream(file.Bytes));
        Assert.Contains(assembly.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
    });

    [Fact]
    public void No_path_of_the_machine_that_built_them_is_in_them()
    {
        Assert.All(Expected.Keys.SelectMany(name => Read(name).Entries), entry =>
        {
            foreach (var folder in new[] { "src", "generators" }.Select(
                folder => Path.Combine(Checkout.Root, folder) + Path.DirectorySeparatorChar))
            {
                Assert.True(entry.Value.AsSpan().IndexOf(Encoding.UTF8.GetBytes(folder)) < 0, $"{entry.Key} says {folder}");
                Assert.True(entry.Value.AsSpan().IndexOf(Encoding.Unicode.GetBytes(folder)) < 0, $"{entry.Key} says {folder}");
            }
        });

        // Symbols keep names of files in pieces.
        Assert.All(Ours(".pdb"), file =>
            Assert.All(SymbolFile.Documents(file.Bytes), document => Assert.StartsWith("/_/", document.Name, StringComparison.Ordinal)));
    }

    /// <summary>No server has the sources of a version: they travel with its symbols.</summary>
    [Fact]
    public void Symbols_of_the_library_hold_its_sources()
    {
        var symbols = Read("FastRnn.snupkg").Entries.Where(entry => entry.Key.EndsWith(".pdb", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, symbols.Count);
        Assert.All(symbols, file =>
        {
            var documents = SymbolFile.Documents(file.Value);
            Assert.Contains("/_/src/FastRnn/Cells/Lstm.cs", documents.Select(document => document.Name));
            Assert.All(documents, document => Assert.True(document.IsEmbedded, document.Name));
        });
    }

    [Fact]
    public async Task Packed_again_they_are_the_same()
    {
        var again = Path.Combine(outside.Root, "again");
        (await outside.PackAsync(again)).SucceededWithoutWarnings();
        Assert.All(Expected.Keys, name => Assert.Equal(Read(name).Hashes, new PackageFile(Path.Combine(again, FileName(name))).Hashes));
    }

    private IEnumerable<string> Precompiled =>
        outside.Precompiled is { } system ? [$"runtimes/{system}/lib/net10.0/FastRnn.dll"] : [];

    /// <summary>The id that the compiler gave an assembly, and whether it has machine code.</summary>
    private static (Guid Version, bool HasCode) Identity(byte[] bytes)
    {
        using var assembly = new PEReader(new MemoryStream(bytes));
        var metadata = assembly.GetMetadataReader();
        return (metadata.GetGuid(metadata.GetModuleDefinition().Mvid), assembly.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0);
    }

    private IEnumerable<(string Name, byte[] Bytes)> Ours(string ending) =>
        from name in Expected.Keys
        from entry in Read(name).Entries
        where Path.GetFileName(entry.Key).StartsWith("FastRnn", StringComparison.Ordinal)
        && entry.Key.EndsWith(ending, StringComparison.Ordinal)
        select (entry.Key, entry.Value);

    private string FileName(string name) => $"{Path.GetFileNameWithoutExtension(name)}.{outside.Version}{Path.GetExtension(name)}";

    private PackageFile Read(string name) => new(Path.Combine(outside.Feed, FileName(name)));
}

using System.Text.RegularExpressions;

using FastRnn.Repository.Tests.Harness;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Repository.Tests.Architecture;

/// <summary>The stages of <c>generators/README.md</c> never look back, and only the first of them sees the user's code.</summary>
public class GeneratorStageTests
{
    private const string Root = "generators/FastRnn.Generators";

    /// <summary>The entry file (the folder "") wires the stages and may see all; what lies beside it may see nothing but itself.</summary>
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Diagnostics"] = [""],
        ["Analyzers"] = ["", "Diagnostics"],
        ["Algebra"] = [""],
        ["Parsing"] = ["", "Diagnostics", "Algebra"],
        ["Analysis"] = ["", "Diagnostics", "Algebra", "Parsing"],
        ["Differentiation"] = ["", "Algebra", "Analysis"],
        ["Scheduling"] = ["", "Algebra", "Analysis", "Differentiation"],
        ["Weights"] = ["", "Diagnostics", "Parsing", "Analysis", "Scheduling"],
        ["Emission"] = ["", "Algebra", "Analysis", "Scheduling", "Weights"],
        [""] = ["Diagnostics", "Parsing", "Analysis", "Differentiation", "Scheduling", "Weights", "Emission"],
    };

    /// <summary>Facts about C# as such, and the descriptor that a problem names: no symbols, syntax or locations.</summary>
    private static readonly HashSet<string> FreeOfTheUsersCode =
        ["SyntaxFacts", "SyntaxKind", "SymbolDisplay", "DiagnosticDescriptor", "DiagnosticSeverity"];

    private static readonly Regex Linked = new("<Compile Include=\"../../([^\"]+)\"");

    private static readonly Lazy<CSharpCompilation> Generator = new(() => Build.Folder(Root).AddSyntaxTrees(Kinds()));

    [Fact]
    public void Every_folder_is_a_stage() => Assert.Equal(
        MayUse.Keys.Order(StringComparer.Ordinal),
        Checkout.Sources(Root).Select(file => FolderUses.Folder(Root, file)).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Stages_never_look_back()
    {
        var uses = FolderUses.Of(Generator.Value, Root);

        Assert.NotEmpty(uses[("Emission", "Scheduling")]);
        Findings.None(
            from use in uses
            where !MayUse[use.Key.From].Contains(use.Key.To)
            select $"{use.Key.From} uses {use.Key.To}: {use.First()}");
    }

    [Fact]
    public void Emission_prints_a_plan_and_decides_nothing() => Findings.None(
        from file in Checkout.Sources(Root + "/Emission")
        from place in Checkout.Find(
            file, line => line.Contains("Policy", StringComparison.Ordinal) || line.Contains("Scheduler", StringComparison.Ordinal))
        select place);

    [Fact]
    public void Only_the_entry_file_wires_the_stages() => Findings.None(
        from file in Checkout.Sources(Root)
        where FolderUses.Folder(Root, file).Length == 0 && Path.GetFileName(file) != "FastRnnGenerator.cs"
        from place in Checkout.Find(file, line => line.StartsWith("using FastRnn.", StringComparison.Ordinal))
        select place);

    [Fact]
    public void Only_parsing_diagnostics_and_analyzers_see_the_users_code()
    {
        var uses =
            from tree in Generator.Value.SyntaxTrees.AsParallel()
            where tree.FilePath.StartsWith(Root, StringComparison.Ordinal)
                && FolderUses.Folder(Root, tree.FilePath) is not ("Parsing" or "Diagnostics" or "Analyzers")
                && Path.GetFileName(tree.FilePath) != "FastRnnGenerator.cs"
            let model = Generator.Value.GetSemanticModel(tree)
            from name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
            let symbol = model.GetSymbolInfo(name).Symbol
            let type = symbol as INamedTypeSymbol ?? symbol?.ContainingType
            where type?.ContainingAssembly?.Name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true
                && !FreeOfTheUsersCode.Contains(type.Name)
            select $"{tree.FilePath}({name.GetLocation().GetLineSpan().StartLinePosition.Line + 1}): {type.Name}";
        Findings.None(uses);
    }

    /// <summary>The runtime's enums, which are compiled into the generator: they belong to no stage.</summary>
    private static IEnumerable<SyntaxTree> Kinds() =>
        from match in Linked.Matches(Checkout.Read(Root + "/FastRnn.Generators.csproj"))
        let file = match.Groups[1].Value
        select CSharpSyntaxTree.ParseText(Checkout.Read(file), Build.ParseOptions, file);

    [Fact]
    public void Linked_files_are_enums() => Assert.All(
        Kinds(), tree => Assert.IsType<EnumDeclarationSyntax>(
            Assert.Single(tree.GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>())));

    [Fact]
    public void A_namespace_is_its_folder() => Findings.None(
        from file in Checkout.Sources(Root)
        let folder = FolderUses.Folder(Root, file)
        let expected = folder.Length == 0 ? "namespace FastRnn.Generators;" : $"namespace FastRnn.Generators.{folder};"
        where Path.GetFileName(file) != "IsExternalInit.cs" && !Checkout.Lines(file).Contains(expected)
        select $"{file}: expected {expected}");
}

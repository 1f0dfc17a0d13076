using FastRnn.Repository.Tests.Harness;

using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Repository.Tests.Architecture;

/// <summary>Code fits a screen, and a type fits a head: splitting it into partial files does not make it smaller.</summary>
public class SizeTests
{
    private const int MostLines = 300, MostColumns = 140;

    [Fact]
    public void A_type_has_at_most_300_lines_with_all_its_parts() => Findings.None(
        from part in Sources("src", "generators").AsParallel().SelectMany(Parts)
        group part by (part.Project, part.Name) into type
        let lines = type.Sum(part => part.Lines)
        where lines > MostLines
        let files = string.Join(", ", type.Select(part => part.File).Distinct())
        select $"{type.Key.Name}: {lines} lines in {files}; what are the two things in it?");

    [Fact]
    public void A_line_has_at_most_140_columns() => Findings.None(
        from file in Sources("src", "generators", "tests", "benchmarks")
        from place in Checkout.Find(file, line => line.Length > MostColumns)
        select place);

    private static IEnumerable<string> Sources(params string[] folders) =>
        folders.SelectMany(Checkout.Sources).Where(file => !file.EndsWith(".g.cs", StringComparison.Ordinal));

    private static IEnumerable<(string Project, string Name, string File, int Lines)> Parts(string file) =>
        from type in CSharpSyntaxTree.ParseText(Checkout.Read(file), Build.ParseOptions).GetRoot().DescendantNodes()
            .OfType<BaseTypeDeclarationSyntax>()
        where type.Parent is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax
        let space = (type.Parent as BaseNamespaceDeclarationSyntax)?.Name.ToString()
        let arity = (type as TypeDeclarationSyntax)?.TypeParameterList?.Parameters.Count ?? 0
        let span = type.GetLocation().GetLineSpan()
        select (
            string.Join('/', file.Split('/').Take(2)),
            $"{space}.{type.Identifier.ValueText}{(arity > 0 ? $"`{arity}" : "")}",
            file,
            span.EndLinePosition.Line - span.StartLinePosition.Line + 1);
}

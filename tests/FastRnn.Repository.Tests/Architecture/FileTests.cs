using FastRnn.Repository.Tests.Harness;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Repository.Tests.Architecture;

/// <summary>A file says one thing, and stands where one looks for it.</summary>
public class FileTests
{
    private const int MostLines = 300;

    [Fact]
    public void The_top_has_no_other_folders() => Assert.Equal(
        [".ci", "benchmarks", "findings", "generators", "src", "tests"],
        Checkout.Files.Where(file => file.Contains('/', StringComparison.Ordinal))
            .Select(file => file[..file.IndexOf('/', StringComparison.Ordinal)])
            .Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void No_file_is_longer_than_300_lines() => Findings.None(
        from file in Checkout.Files
        where Path.GetExtension(file) is ".cs" or ".py" or ".md" or ".csproj" or ".props"
        || file.StartsWith(".ci/", StringComparison.Ordinal)
        where !file.EndsWith(".g.cs", StringComparison.Ordinal) && Path.GetFileName(file) != "CHANGELOG.md"

        // Written by a program, a line for each row that it measured.
        where !file.StartsWith("benchmarks/results/", StringComparison.Ordinal)

        // A paragraph for each id, looked up and not read through.
        where file != "generators/diagnostics.md"
        let count = Checkout.Lines(file).Length
        where count > MostLines
        select $"{file}: {count} lines; which two words name its halves?");

    [Fact]
    public void A_file_of_the_runtime_has_one_public_type() => Findings.None(
        from file in Checkout.Sources("src/FastRnn")
        let types = CSharpSyntaxTree.ParseText(Checkout.Read(file), Build.ParseOptions).GetRoot().DescendantNodes()
            .OfType<MemberDeclarationSyntax>().Where(IsPublicType).ToList()
        where types.Count > 1
        select $"{file}: {types.Count} public types");

    [Fact]
    public void A_type_of_the_runtime_stands_in_a_file_of_its_name() => Findings.None(
        from file in Checkout.Sources("src/FastRnn")
        from type in CSharpSyntaxTree.ParseText(Checkout.Read(file), Build.ParseOptions).GetRoot().DescendantNodes()
            .OfType<BaseTypeDeclarationSyntax>().Where(IsPublicType)
        where Path.GetFileName(file).Split('.')[0] != type.Identifier.ValueText
        select $"{file}: {type.Identifier.ValueText}");

    private static bool IsPublicType(MemberDeclarationSyntax member) =>
        member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax && member.Parent is BaseNamespaceDeclarationSyntax
        && member.Modifiers.Any(SyntaxKind.PublicKeyword);
}

using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Generators.Parsing;

/// <summary>Reads a cell from the source that the assembly that declares it recorded. That text is not trusted: it is parsed and checked as
/// any other.</summary>
internal static class CellReader
{
    /// <summary>The cell, or null and what is wrong with its text.</summary>
    public static CellSpec? Read(string fullName, string source, out string problem)
    {
        problem = "the recorded source is no cell";
        var root = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest)).GetCompilationUnitRoot();
        if (root.ContainsDiagnostics || root.Members.Count != 1 || root.Members[0] is not ClassDeclarationSyntax type)
        {
            return null;
        }

        var simple = fullName.Substring(fullName.LastIndexOf('.') + 1);
        var partialClass = new PartialClass(
            fullName.Substring(0, Math.Max(0, fullName.Length - simple.Length - 1)), simple, type.Identifier.ValueText,
            EquatableArray<string>.Empty, EquatableArray<string>.Empty, "public", IsReachable: true);
        var problems = new ProblemList(type);
        var spec = CellParser.Body(type, partialClass, new SyntacticBinding(), problems);
        if (problems.Problems.Count > 0)
        {
            problem = problems.Problems[0].Message;
        }

        return problems.IsBroken ? null : spec;
    }
}

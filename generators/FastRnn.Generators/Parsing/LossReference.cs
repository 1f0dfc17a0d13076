using FastRnn.Generators.Diagnostics;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Generators.Parsing;

/// <summary>The class that the attribute Loss of a model names. Its kernel stands in its own assembly, because a loss has no sizes that
/// would be worth knowing: the model's assembly need not see the equations.</summary>
/// <param name="FullName">Fully qualified without <c>global::</c>, escaped.</param>
/// <param name="IsLoss">Whether the class has the attribute Loss, and in another assembly its kernel as well.</param>
/// <param name="Outputs">Vectors of outputs that its Step reads; 1 if it has none, which is reported where it should be.</param>
/// <param name="ClassPlace">Where it is named.</param>
internal sealed record LossReference(string FullName, bool IsLoss, int Outputs, Place ClassPlace)
{
    /// <summary>Null if C# knows no such class.</summary>
    public static LossReference? Of(AttributeData attribute, GenericNameSyntax? syntax, IAssemblySymbol assembly, ProblemList problems)
    {
        if (syntax is null || attribute.AttributeClass!.TypeArguments.FirstOrDefault() is not { } argument || argument is IErrorTypeSymbol)
        {
            problems.Break();
            return null;
        }

        var place = problems.Place(syntax.TypeArgumentList.Arguments[0]);
        if (argument is not INamedTypeSymbol { Arity: 0 } loss)
        {
            return new LossReference(argument.ToDisplayString(), IsLoss: false, 1, place);
        }

        var isOwn = SymbolEqualityComparer.Default.Equals(loss.ContainingAssembly, assembly);
        var hasKernel = isOwn || loss.AllInterfaces.Any(i => Identifiers.MetadataName(i) == "FastRnn.CompilerServices.ILoss");
        var step = loss.GetMembers(LossParser.Step).OfType<IMethodSymbol>().FirstOrDefault();
        return new LossReference(
            Identifiers.FullName(loss), AttributeReading.Has(loss, "FastRnn.LossAttribute") && hasKernel,
            Math.Max(1, (step?.Parameters.Length ?? 0) - 1), place);
    }
}

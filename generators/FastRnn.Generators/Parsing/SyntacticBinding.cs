using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Generators.Parsing;

/// <summary>Takes names at their word. Right for the text that <see cref="CellText"/> writes, in which every name is one of the
/// library's or of the cell's own dimensions.</summary>
internal sealed class SyntacticBinding : ICellBinding
{
    public TypeReading Read(TypeSyntax type)
    {
        if (type.IsVar)
        {
            return new TypeReading(TypeMeaning.Inferred);
        }

        if (type is PredefinedTypeSyntax predefined)
        {
            return new TypeReading(predefined.Keyword.IsKind(SyntaxKind.DoubleKeyword) ? TypeMeaning.Number : TypeMeaning.Other);
        }

        var arguments = Last(type) is GenericNameSyntax generic ? generic.TypeArgumentList.Arguments : default;
        var expected = (Last(type) as GenericNameSyntax)?.Identifier.ValueText switch { "Vec" => 1, "Mat" => 2, _ => 0 };
        if (expected == 0 || arguments.Count != expected || arguments.Any(a => Last(a) is not IdentifierNameSyntax))
        {
            return new TypeReading(TypeMeaning.Other);
        }

        var names = arguments.Select(a => new DimensionName(((IdentifierNameSyntax)Last(a)!).Identifier.ValueText, "")).ToList();
        return new TypeReading(TypeMeaning.Vector, new VectorType(names[0], expected == 2 ? names[1] : null));
    }

    public bool IsFunction(InvocationExpressionSyntax call) => call.Expression switch
    {
        SimpleNameSyntax => true,
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Functions" } } => true,
        MemberAccessExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Functions" } } => true,
        _ => false,
    };

    /// <summary>None: the text has their numbers.</summary>
    public double? Constant(IdentifierNameSyntax name) => null;

    public InitializerReading? Initializer(FieldDeclarationSyntax field)
    {
        var attribute = Named(field.AttributeLists, "Initialize").FirstOrDefault();
        if (attribute is null)
        {
            return new InitializerReading(null, 1);
        }

        var arguments = attribute.ArgumentList?.Arguments;
        if (arguments is not { Count: 1 or 2 } || arguments.Value[0].Expression is not MemberAccessExpressionSyntax member)
        {
            return null;
        }

        var value = arguments.Value.Count == 2 ? Number(arguments.Value[1].Expression) : 1;
        return value is { } number && Enum.TryParse<Initializer>(member.Name.Identifier.ValueText, out var kind)
            ? new InitializerReading(kind, number) : null;
    }

    public IReadOnlyList<StoredTensorReading>? Tensors(TypeDeclarationSyntax type)
    {
        var readings = new List<StoredTensorReading>();
        foreach (var attribute in Named(type.AttributeLists, "StoredTensor"))
        {
            var strings = attribute.ArgumentList?.Arguments
                .Select(argument => (argument.Expression as LiteralExpressionSyntax)?.Token.Value as string).ToList();
            if (strings is not { Count: > 0 } || strings.Contains(null))
            {
                return null;
            }

            readings.Add(new StoredTensorReading(strings[0]!, strings.Skip(1).Select(s => s!).ToList(), attribute));
        }

        return readings;
    }

    public bool HasErrors(MethodDeclarationSyntax method) => false;

    private static IEnumerable<AttributeSyntax> Named(
        SyntaxList<AttributeListSyntax> lists, string name) =>
        lists.SelectMany(list => list.Attributes).Where(a => (Last(a.Name) as SimpleNameSyntax)?.Identifier.ValueText == name);

    private static TypeSyntax? Last(TypeSyntax type) => type is QualifiedNameSyntax qualified ? qualified.Right : type;

    private static double? Number(ExpressionSyntax expression) => expression switch
    {
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } minus => -Number(minus.Operand),
        LiteralExpressionSyntax { Token.Value: double value } => value,
        LiteralExpressionSyntax { Token.Value: int value } => value,
        _ => null,
    };
}

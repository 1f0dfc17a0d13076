using System.Globalization;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace FastRnn.Generators.Analyzers;

/// <summary>Warns where the length of an array is a constant that does not fit the sizes of the model: the call throws when it
/// runs.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LengthAnalyzer() : UseAnalyzer(UseDescriptors.Length)
{
    private protected override void Register(CompilationStartAnalysisContext start, RuntimeTypes types) =>
        start.RegisterOperationAction(context => Check(context, types), OperationKind.Invocation);

    private static void Check(OperationAnalysisContext context, RuntimeTypes types)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name is not ("Step" or "Run") || call.Instance?.Type is not { Name: "Session" } session
            || !types.IsRunner(session)
            || ModelFacts.Of(session) is not { } model || RuntimeTypes.BatchSize(Operations.Value(call.Instance)) is not { } batch)
        {
            return;
        }

        var isStep = call.TargetMethod.Name == "Step";
        var token = model.Tokens;
        var steps = isStep ? 1 : Steps(call, "x", model.Inputs, batch) ?? Steps(call, "tokens", token, batch);
        Argument(context, call, "x", model.Inputs, batch, isStep ? 1 : null, "reads");
        Argument(context, call, "tokens", token, batch, isStep ? 1 : null, "reads");
        Argument(context, call, "token", token, batch, 1, "reads");
        Argument(context, call, "y", model.Outputs, batch, steps, "writes");
    }

    private static void Argument(
        OperationAnalysisContext context, IInvocationOperation call, string name, int? size, int batch, int? steps, string verb)
    {
        if (size is not { } numbers || call.Arguments.FirstOrDefault(a => a.Parameter?.Name == name) is not { } argument
            || Length(argument.Value) is not { } length)
        {
            return;
        }

        var step = (long)numbers * batch;
        if (steps is { } known ? length != known * step : length % step != 0)
        {
            var wanted = steps is { } t and not 1
                ? Text($"{t} steps want {t * step}: {t} steps x batch {batch} x {numbers}")
                : Text($"a step {verb} {step}: batch {batch} x {numbers}");
            context.ReportDiagnostic(Diagnostic.Create(
                UseDescriptors.Length, argument.Value.Syntax.GetLocation(), argument.Value.Syntax.ToString(), length, wanted));
        }
    }

    // T, if it is a whole number.
    private static int? Steps(IInvocationOperation call, string name, int? size, int batch) =>
        size is { } numbers && call.Arguments.FirstOrDefault(a => a.Parameter?.Name == name) is { } argument
            && Length(argument.Value) is { } length
        && length % ((long)numbers * batch) == 0 ? (int)(length / ((long)numbers * batch)) : null;

    private static int? Length(IOperation value) => Operations.Value(value) switch
    {
        IArrayCreationOperation { DimensionSizes: { Length: 1 } sizes } =>
            sizes[0].ConstantValue is { HasValue: true, Value: int length } ? length : null,
        ICollectionExpressionOperation collection when !collection.Elements.Any(e => e is ISpreadOperation) => collection.Elements.Length,
        { Type.SpecialType: SpecialType.System_Int32 } => 1,
        { Syntax: StackAllocArrayCreationExpressionSyntax { Initializer: null } } allocation => Stack(allocation),
        _ => null,
    };

    // The length of a stackalloc has no interface of its own: it is the one child.
    private static int? Stack(IOperation allocation) =>
        allocation.ChildOperations.Count == 1 && allocation.ChildOperations.First().ConstantValue is { HasValue: true, Value: int length }
            ? length : null;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

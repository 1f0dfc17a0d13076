using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace FastRnn.Generators.Analyzers;

/// <summary>Warns of what a model's attributes exclude: vectors for a model that reads tokens, numbers as targets of a softmax, a session
/// of a model that wants whole sequences. Each throws when it runs.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModelUseAnalyzer() : UseAnalyzer(UseDescriptors.WrongKind, UseDescriptors.NotSteppable)
{
    private protected override void Register(CompilationStartAnalysisContext start, RuntimeTypes types)
    {
        start.RegisterOperationAction(context => Creation(context, types), OperationKind.Invocation, OperationKind.ObjectCreation);
        start.RegisterOperationAction(context => Call(context, types), OperationKind.Invocation);
    }

    private static void Creation(OperationAnalysisContext context, RuntimeTypes types)
    {
        var creation = context.Operation;
        if (!types.IsCreation(creation) || ModelFacts.Of(creation.Type) is not { } model)
        {
            return;
        }

        // The words are those of the exception (UseCheck of the runtime).
        var mistake = creation.Type!.Name switch
        {
            "Session" or "SequenceGenerator" when model.IsWhole => "looks at a sequence as a whole; use CreatePredictor",
            "SequenceGenerator" when model.EndsWithLast => "looks at a sequence as a whole; use CreatePredictor",
            "Session" when model.Starts is { } start =>
                $"starts from {start}; use {(model.EndsWithLast ? "" : "CreateGenerator or ")}CreatePredictor",
            "Trainer" or "Evaluator" when model.Loss is null => "declares no loss; declare one, or use Bptt with gradients of your own",
            _ => null,
        };
        if (mistake is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                UseDescriptors.NotSteppable, creation.Syntax.GetLocation(), model.Name, RuntimeTypes.Word(creation.Type), mistake));
        }
    }

    private static void Call(OperationAnalysisContext context, RuntimeTypes types)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name is not ("Step" or "Run" or "LossSum" or "Forward" or "BackwardFromLoss" or "Explain")
            || !types.IsRunner(call.Instance?.Type)
            || ModelFacts.Of(call.Instance!.Type) is not { } model)
        {
            return;
        }

        foreach (var argument in call.Arguments)
        {
            var mistake = argument.Parameter?.Name switch
            {
                "x" or "token" or "tokens" when model.ReadsBoth && !HasBoth(call) => ("reads vectors beside tokens", "one of them alone"),
                "inputs" when model.ReadsBoth
                    && (IsOf(argument, SpecialType.System_Single) || IsOf(argument, SpecialType.System_Int32)) =>
                    ("reads vectors beside tokens", "one of them alone"),
                "x" when model.ReadsTokens == true => ("reads tokens", "vectors"),
                "token" or "tokens" when model.ReadsTokens == false => ("reads vectors", "tokens"),
                "inputs" when model.ReadsTokens == true && IsOf(argument, SpecialType.System_Single) => ("reads tokens", "vectors"),
                "inputs" when model.ReadsTokens == false && IsOf(argument, SpecialType.System_Int32) => ("reads vectors", "tokens"),
                "targets" when model.Loss is LossKind.SoftmaxCrossEntropy or LossKind.Ctc && IsOf(argument, SpecialType.System_Single) =>
                    ("is trained with tokens", "numbers"),
                "targets" when model.Loss is not (null or LossKind.None or LossKind.SoftmaxCrossEntropy or LossKind.Ctc or LossKind.Mixed)
                    && IsOf(argument, SpecialType.System_Int32) =>
                    ("is trained with numbers", "tokens"),
                _ => default,
            };
            if (mistake.Item1 is not null && !IsEmpty(argument))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    UseDescriptors.WrongKind, argument.Value.Syntax.GetLocation(), model.Name, mistake.Item1, mistake.Item2));
            }
        }
    }

    private static bool HasBoth(IInvocationOperation call) =>
        call.Arguments.Any(a => a.Parameter?.Name == "x") && call.Arguments.Any(a => a.Parameter?.Name == "tokens");

    // What becomes Inputs or Targets: an array or a span; a collection expression makes numbers.
    private static bool IsOf(IArgumentOperation argument, SpecialType element) => Operations.Plain(argument.Value) switch
    {
        ICollectionExpressionOperation => element == SpecialType.System_Single,
        { Type: IArrayTypeSymbol array } => array.ElementType.SpecialType == element,
        { Type: INamedTypeSymbol { Arity: 1 } span } => span.TypeArguments[0].SpecialType == element,
        _ => false,
    };

    private static bool IsEmpty(IArgumentOperation argument) =>
        Operations.Plain(argument.Value) is ICollectionExpressionOperation { Elements.Length: 0 };
}

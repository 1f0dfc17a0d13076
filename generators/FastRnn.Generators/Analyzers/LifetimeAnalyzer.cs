using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace FastRnn.Generators.Analyzers;

/// <summary>Warns of sessions (trainers, predictors...) that live too short, for one step of many, or too long, until the garbage collector
/// finds them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LifetimeAnalyzer() : UseAnalyzer(UseDescriptors.SingleStep, UseDescriptors.NotDisposed)
{
    private protected override void Register(CompilationStartAnalysisContext start, RuntimeTypes types) =>
        start.RegisterOperationAction(context => Check(context, types), OperationKind.Invocation, OperationKind.ObjectCreation);

    private static void Check(OperationAnalysisContext context, RuntimeTypes types)
    {
        var creation = context.Operation;
        var isFork = creation is IInvocationOperation { TargetMethod.Name: "Fork", Instance: { } original }
            && types.IsRunner(original.Type);
        if (!isFork && !types.IsCreation(creation))
        {
            return;
        }

        var word = RuntimeTypes.Word(creation.Type);
        if (creation.Parent is IInvocationOperation call && call.Instance == creation)
        {
            var descriptor = call.TargetMethod.Name == "Step" && !isFork ? UseDescriptors.SingleStep : UseDescriptors.NotDisposed;
            context.ReportDiagnostic(Diagnostic.Create(descriptor, creation.Syntax.GetLocation(), word));
            return;
        }

        if (Operations.Declarator(creation) is not { } declarator)
        {
            return;
        }

        var uses = Operations.References(Operations.Body(creation), declarator.Symbol).ToList();
        if (!isFork && Operations.Loop(creation) is { } loop && IsOneStep(uses, loop) && IsSameEachRound(creation, loop))
        {
            context.ReportDiagnostic(Diagnostic.Create(UseDescriptors.SingleStep, creation.Syntax.GetLocation(), word));
        }

        if (!IsUsing(declarator) && uses.All(use => Operations.Function(use) == Operations.Function(declarator) && IsOnlyUsed(use, types)))
        {
            context.ReportDiagnostic(Diagnostic.Create(UseDescriptors.NotDisposed, Operations.Place(declarator), word));
        }
    }

    private static bool IsOneStep(List<ILocalReferenceOperation> uses, ILoopOperation loop)
    {
        var others = uses.Where(use => !IsCall(use, "Dispose")).ToList();
        return others.Count == 1 && IsCall(others[0], "Step") && Operations.Loop(others[0]) == loop
            && Operations.Function(others[0]) == Operations.Function(loop);
    }

    // Made from one model, and from nothing that the loop declares or changes.
    private static bool IsSameEachRound(IOperation creation, ILoopOperation loop) =>
        Operations.Named(RuntimeTypes.ModelOf(creation)) is not null
        && !creation.Descendants().Select(Operations.Named).Any(symbol => symbol is ILocalSymbol or IParameterSymbol
            && ((Operations.IsDeclaredIn(symbol, loop.Syntax) && !Operations.IsDeclaredIn(symbol, creation.Syntax))
                || Operations.IsChangedIn(symbol, loop)));

    private static bool IsCall(ILocalReferenceOperation use, string name) =>
        use.Parent is IInvocationOperation call && call.Instance == use && call.TargetMethod.Name == name;

    private static bool IsUsing(IVariableDeclaratorOperation declarator)
    {
        for (var parent = declarator.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IUsingDeclarationOperation or IUsingOperation)
            {
                return true;
            }

            if (parent is not (IVariableDeclarationOperation or IVariableDeclarationGroupOperation))
            {
                return false;
            }
        }

        return false;
    }

    // Not handed on, not kept, not disposed of: members are called, and that is all. In a lambda a variable is kept.
    private static bool IsOnlyUsed(ILocalReferenceOperation use, RuntimeTypes types) =>
        use.Parent switch
        {
            IInvocationOperation call => call.Instance == use && call.TargetMethod.Name != "Dispose"
                && (call.TargetMethod.Name == "Fork" || !types.IsRunner(call.Type)),
            IPropertyReferenceOperation property => property.Instance == use,
            _ => false,
        };
}

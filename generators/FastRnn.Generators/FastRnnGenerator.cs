using System.Collections.Immutable;
using System.Text;

using FastRnn.Generators.Analysis;
using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Emission;
using FastRnn.Generators.Parsing;
using FastRnn.Generators.Scheduling;
using FastRnn.Generators.Weights;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace FastRnn.Generators;

/// <summary>Wires the stages: see <c>generators/README.md</c>. From the specs on, values have no symbols, syntax or locations, and a
/// stage runs again only if what it reads has changed.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class FastRnnGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var parsedCells = context.SyntaxProvider
            .ForAttributeWithMetadataName("FastRnn.CellAttribute", IsType, CellParser.Parse)
            .Where(parsed => parsed is not null).Select((parsed, _) => parsed!).WithTrackingName(Steps.ParsedCells);
        var parsedModels = context.SyntaxProvider
            .ForAttributeWithMetadataName("FastRnn.ModelAttribute", IsType, ModelParser.Parse)
            .Where(parsed => parsed is not null).Select((parsed, _) => parsed!).WithTrackingName(Steps.ParsedModels);

        var parsedLosses = context.SyntaxProvider
            .ForAttributeWithMetadataName("FastRnn.LossAttribute", IsType, LossParser.Parse)
            .Where(parsed => parsed is not null).Select((parsed, _) => parsed!).WithTrackingName(Steps.ParsedLosses);

        // The gate: what follows does not know where a class stands.
        var cells = parsedCells.Select((parsed, _) => parsed.Spec)
            .Where(spec => spec is not null).Select((spec, _) => spec!).WithTrackingName(Steps.Cells)
            .Select((spec, _) => CellAnalyzer.Analyze(spec)).WithTrackingName(Steps.CellOutcomes);
        var widths = context.AnalyzerConfigOptionsProvider
            .Select((options, _) => options.GlobalOptions.TryGetValue("build_property." + KernelWidths.Property, out var text) ? text : "")
            .Select((text, _) => KernelWidths.Parse(text)).WithTrackingName(Steps.Widths);
        var modelSpecs = parsedModels.Select((parsed, _) => parsed.Spec)
            .Where(spec => spec is not null).Select((spec, _) => spec!).WithTrackingName(Steps.Models);
        var recorded = modelSpecs.SelectMany((model, _) => RecordedCell.NamedBy(model)).Collect()
            .SelectMany((named, _) => named.Distinct())
            .Select((cell, _) => RecordedCell.Read(cell)).WithTrackingName(Steps.RecordedCells);
        var models = modelSpecs.Combine(cells.Collect()).Combine(recorded.Collect())
            .Select((pair, _) => LinkedModel.Link(pair.Left.Left, pair.Left.Right, pair.Right)).WithTrackingName(Steps.LinkedModels)
            .Select((linked, _) => ModelAnalyzer.Analyze(linked)).WithTrackingName(Steps.ModelOutcomes)
            .Combine(widths)
            .Select((pair, _) => pair.Left with { Graph = pair.Left.Graph?.For(pair.Right) }).WithTrackingName(Steps.ModelsOfWidths);

        var losses = parsedLosses.Select((parsed, _) => parsed.Spec)
            .Where(spec => spec is not null).Select((spec, _) => spec!).WithTrackingName(Steps.Losses)
            .Select((spec, _) => LossAnalyzer.Analyze(spec)).WithTrackingName(Steps.LossOutcomes);
        var lossPlans = losses.Where(outcome => outcome.Step is not null)
            .Select((outcome, _) => LossScheduler.Schedule(outcome.Step!)).WithTrackingName(Steps.LossPlans);
        var members = cells.Select((outcome, _) => outcome.Members)
            .Where(found => found is not null).Select((found, _) => found!).WithTrackingName(Steps.CellMembers);
        var plans = models.Where(outcome => outcome.Graph is not null)
            .Select((outcome, _) => (outcome.Key, Graph: outcome.Graph!, outcome.Weights)).WithTrackingName(Steps.ModelGraphs)
            .Select((model, cancellation) => (model.Key, Plan: ModelScheduler.Schedule(model.Graph, cancellation), model.Weights))
            .WithTrackingName(Steps.ModelPlans);

        // Kernels belong to the assembly, their names to a model: a change of one model leaves the others as they are.
        var kernels = plans.Collect()
            .Select((all, _) => KernelSet.Of([.. all.Select(model => model.Plan)])).WithTrackingName(Steps.KernelSets);
        var named = plans.Combine(kernels)
            .Select((pair, _) => (pair.Left.Key, Plan: pair.Right.Name(pair.Left.Plan))).WithTrackingName(Steps.NamedPlans);
        var hints = parsedCells.Select((parsed, _) => parsed.Key).Collect()
            .Combine(parsedModels.Select((parsed, _) => parsed.Key).Collect())
            .Combine(parsedLosses.Select((parsed, _) => parsed.Key).Collect())
            .Select((pair, _) => HintNames.Of(pair.Left.Left.Concat(pair.Left.Right).Concat(pair.Right))).WithTrackingName(Steps.HintNames);

        var weights = Weights(context, plans);
        context.RegisterSourceOutput(members.Combine(hints), (production, pair) =>
            Add(production, pair.Right.Hint(pair.Left.Class.FullName, "cell"), CellEmitter.Emit(pair.Left)));
        context.RegisterSourceOutput(lossPlans.Combine(hints), (production, pair) =>
            Add(production, pair.Right.Hint(pair.Left.Class.FullName, "loss"), LossEmitter.Emit(pair.Left)));
        context.RegisterSourceOutput(plans.Combine(hints), (production, pair) =>
        {
            var (name, text) = ModelEmitter.Emit(pair.Left.Plan);
            Add(production, pair.Right.Hint(pair.Left.Key, name), text);
        });

        // No editor needs kernels while somebody types.
        context.RegisterImplementationSourceOutput(named.Combine(hints), (production, pair) =>
        {
            var (name, text) = ModelEmitter.EmitDispatch(pair.Left.Plan);
            Add(production, pair.Right.Hint(pair.Left.Key, name), text);
        });
        context.RegisterImplementationSourceOutput(
            kernels.SelectMany((set, _) => set.Files()).WithTrackingName(Steps.KernelPlans), (production, plan) =>
        {
            var (name, text) = ModelEmitter.EmitKernels(plan);
            Add(production, name, text);
        });

        context.RegisterSourceOutput(weights.Combine(hints), (production, pair) =>
            Add(production, pair.Right.Hint(pair.Left.Key, "weights"),
                WeightsEmitter.Emit(pair.Left.Plan, pair.Left.File, production.CancellationToken)));

        context.RegisterSourceOutput(widths, (production, found) =>
        {
            foreach (var word in found.Unknown)
            {
                production.ReportDiagnostic(Diagnostic.Create(Descriptors.Width, Location.None, KernelWidths.Property, word));
            }
        });

        var refusedCells = Refused(
            parsedCells.Select((parsed, _) => parsed.Shell),
            cells.Where(outcome => outcome.Members is not null).Select((outcome, _) => outcome.Key), Steps.RefusedCells);
        var refusedModels = Refused(
            parsedModels.Select((parsed, _) => parsed.Shell), plans.Select((plan, _) => plan.Key), Steps.RefusedModels);
        var refusedLosses = Refused(
            parsedLosses.Select((parsed, _) => parsed.Shell), lossPlans.Select((plan, _) => plan.Class.FullName), Steps.RefusedLosses);
        context.RegisterSourceOutput(refusedLosses.Combine(hints), (production, pair) =>
            Add(production, pair.Right.Hint(pair.Left.Key, "loss"), RefusedEmitter.Loss(pair.Left)));
        context.RegisterSourceOutput(refusedCells.Combine(hints), (production, pair) =>
            Add(production, pair.Right.Hint(pair.Left.Key, "cell"), RefusedEmitter.Cell(pair.Left)));
        context.RegisterSourceOutput(refusedModels.Combine(hints), (production, pair) =>
            Add(production, pair.Right.Hint(pair.Left.Key, pair.Left.Class.FullName + ".g.cs"), RefusedEmitter.Model(pair.Left)));

        // Of the compilation only this one word is kept: it is not asked again while it stays the same.
        var isSlow = plans.Collect().Select((all, _) => all.Length > 0)
            .Combine(context.CompilationProvider
                .Select((compilation, _) => compilation.Options.OptimizationLevel == OptimizationLevel.Debug))
            .Select((pair, _) => pair.Left && pair.Right).WithTrackingName(Steps.Unoptimized);
        context.RegisterSourceOutput(isSlow, (production, found) =>
        {
            if (found)
            {
                production.ReportDiagnostic(Diagnostic.Create(Descriptors.Unoptimized, Location.None));
            }
        });

        var cellProblems = parsedCells.Collect().Combine(cells.Collect())
            .Select((pair, _) => Locate(pair.Left, pair.Right.ToDictionary(o => o.Key, o => o.Problems)));
        var lossProblems = parsedLosses.Collect().Combine(losses.Collect())
            .Select((pair, _) => Locate(pair.Left, pair.Right.ToDictionary(o => o.Key, o => o.Problems)));
        var modelProblems = parsedModels.Collect().Combine(models.Collect())
            .Select((pair, _) => Locate(pair.Left, pair.Right.ToDictionary(o => o.Key, o => o.Problems)));
        var weightProblems = parsedModels.Collect().Combine(weights.Collect())
            .Select((pair, _) => new EquatableArray<LocatedProblem>(
                from outcome in pair.Right
                from problem in outcome.Problems
                select new LocatedProblem(problem, pair.Left.First(p => p.Key == outcome.Key).Anchor)));
        Report(context, cellProblems);
        Report(context, lossProblems);
        Report(context, modelProblems);
        Report(context, weightProblems);
        var problems = cellProblems.Combine(lossProblems).Combine(modelProblems).Combine(weightProblems)
            .Select((pair, _) => new EquatableArray<LocatedProblem>(
                pair.Left.Left.Left.Concat(pair.Left.Left.Right).Concat(pair.Left.Right).Concat(pair.Right)))
            .SelectMany((all, _) => all.Count > 0 ? [all] : Array.Empty<EquatableArray<LocatedProblem>>());
        context.RegisterSourceOutput(problems.Combine(context.CompilationProvider), (production, pair) =>
        {
            if (ProblemFile.Write(pair.Left, pair.Right, production.CancellationToken) is { } text)
            {
                Add(production, ProblemFile.Hint, text);
            }
        });
    }

    // A file is read when the compiler says that it has changed, or when an attribute begins to name it: an edit of C# elsewhere reads
    // nothing.
    private static IncrementalValuesProvider<WeightsOutcome> Weights(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<(string Key, ModelPlan Plan, WeightsSpec? Weights)> models)
    {
        var wanting = models.Where(model => model.Weights is not null);
        var paths = wanting.Collect()
            .Select((planned, _) => new EquatableArray<string>(planned.Select(model => model.Weights!.Path).Distinct()))
            .WithTrackingName(Steps.WeightPaths);
        var files = context.AdditionalTextsProvider.Combine(paths)
            .Where(pair => pair.Right.Any(path => WeightPaths.Matches(pair.Left.Path, path)))
            .Select((pair, cancellation) => WeightFile.Read(pair.Left.Path, cancellation)).WithTrackingName(Steps.WeightFiles);
        return wanting.Combine(files.Collect())
            .Select((pair, _) => LinkedWeights.Link(pair.Left.Key, pair.Left.Plan, pair.Left.Weights!, pair.Right))
            .WithTrackingName(Steps.LinkedWeights)
            .Select((linked, cancellation) => WeightsAnalyzer.Analyze(linked, cancellation)).WithTrackingName(Steps.WeightsOutcomes);
    }

    // What is right has another half already.
    private static IncrementalValuesProvider<ClassShell> Refused(
        IncrementalValuesProvider<ClassShell?> shells, IncrementalValuesProvider<string> right, string step) => shells
        .Combine(right.Collect())
        .SelectMany((pair, _) => pair.Left is { } shell && !pair.Right.Contains(shell.Key) ? [shell] : Array.Empty<ClassShell>())
        .WithTrackingName(step);

    private static bool IsType(SyntaxNode node, CancellationToken cancellation) => node is TypeDeclarationSyntax;

    private static void Add(SourceProductionContext production, string hint, string text) =>
        production.AddSource(hint, SourceText.From(text, Encoding.UTF8));

    private static EquatableArray<LocatedProblem> Locate<T>(
        ImmutableArray<Parsed<T>> classes, Dictionary<string, EquatableArray<Problem>> later)
        where T : class =>
        new(classes.SelectMany(parsed => parsed.Problems
            .Concat(later.TryGetValue(parsed.Key, out var problems) ? problems : EquatableArray<Problem>.Empty)
            .Select(problem => new LocatedProblem(problem, parsed.Anchor))));

    // Diagnostics want the trees of the compilation, which changes with every edit; it is asked for only where there is something to say.
    private static void Report(
        IncrementalGeneratorInitializationContext context, IncrementalValueProvider<EquatableArray<LocatedProblem>> problems) =>
        context.RegisterSourceOutput(
            problems.SelectMany((found, _) => found).WithTrackingName(Steps.Problems).Combine(context.CompilationProvider),
            (production, pair) => production.ReportDiagnostic(pair.Left.ToDiagnostic(pair.Right)));
}

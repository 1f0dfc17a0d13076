using System.CommandLine;
using System.Globalization;
using System.Text.Json;

using FastRnn.Cli.Folders;
using FastRnn.Cli.GradientFlow;
using FastRnn.Cli.Models;
using FastRnn.Cli.Report;

using static System.FormattableString;

namespace FastRnn.Cli.Commands;

/// <summary><c>gradflow</c>.</summary>
internal static class GradflowCommand
{
    public static Command Create(Terminal terminal)
    {
        var cells = new Option<string?>("--cells")
        {
            Description =
                $"Which cells to compare, with commas between them: some of {string.Join(",", AddingModels.Cells)}; "
                    + $"{string.Join(",", AddingModels.DefaultCells)} unless said otherwise.",
        };
        var length = new Option<int?>("--length") { Description = Invariant($"Steps of a sequence; {FlowRequest.DefaultLength}.") }.Between(
            2, FlowRequest.LargestLength);
        var steps = new Option<int?>("--steps")
        {
            Description = Invariant(
            $"Steps of training before the second look, 0 for none; {FlowRequest.DefaultSteps}.")
        }
            .Between(0, FlowRequest.LargestSteps);
        var seed =
            new Option<int?>("--seed") { Description = "Of the first weights and the numbers; 1." }.Between(int.MinValue, int.MaxValue);
        var model = new Option<string?>("--model")
        {
            Description = "The directory of a trained model whose gates and neurons to show; without it one is trained for a moment."
        };
        var text = new Option<string?>("--text") { Description = "The text that it reads; without it the end of FastRnn's own sources." };
        var unit = new Option<string?>("--unit") { Description = "A unit to show besides those that are found, as LAYER:UNIT." };
        var page = new Option<string?>("--out") { Description = $"The page to write; {FlowRequest.DefaultOut}." };
        var json = new Option<bool>("--json") { Description = "The last line of output is a JSON object." };
        var command = new Command("gradflow",
            "Compares how gradients flow through cells, looks into a model of text, and writes a page of pictures.")
        {
            cells, length, steps, seed, model, text, unit, page, json,
        };
        command.SetAction(parsed => Run(
            new FlowRequest
            {
                Cells = Cells(parsed.GetValue(cells)),
                Length = parsed.GetValue(length) ?? FlowRequest.DefaultLength,
                Steps = parsed.GetValue(steps) ?? FlowRequest.DefaultSteps,
                Seed = parsed.GetValue(seed) ?? 1,
                Model = parsed.GetValue(model),
                Text = parsed.GetValue(text),
                Unit = Unit(parsed.GetValue(unit)),
                Out = parsed.GetValue(page) ?? FlowRequest.DefaultOut,
                Json = parsed.GetValue(json),
            },
            terminal));
        return command;
    }

    private static int Run(FlowRequest request, Terminal terminal)
    {
        var file = new PageFile(request.Out);
        file.CheckWritable();
        var text = ReadingText.Read(request.Text);
        var folder = request.Model is { } path ? new ModelFolder(path) : null;
        folder?.ReadConfiguration();
        try
        {
            var (length, steps) = (request.Length, request.Steps);
            terminal.Line(
                $"{length} steps of the adding problem; the norm of dL/dh_t, 1 at the end, before and after {steps} steps of training");
            var (half, start, factor) = ("at half way", "at the start", "factor a step");
            terminal.Line($"{"cell",-8} {half,12} {start,12} {factor,13}   {"trained",12} {start,12} {factor,13} {"error",8}");
            var flows = new List<CellFlow>();
            foreach (var name in request.Cells)
            {
                flows.Add(AddingModels.Run(name, new CellFlowTask(name, request, terminal.Interrupt)));
                Say(flows[^1], terminal);
            }

            var looking = new TextLookTask(request, text, terminal.Interrupt);
            var look = folder is null ? ByteModels.Run(ByteModelSpec.Default, looking) : folder.Run(looking);
            foreach (var neuron in look.Neurons.Where(n => n.Feature is not null))
            {
                terminal.Line(
                    $"{neuron.State} [{neuron.Unit}] of layer {neuron.Layer} goes with {neuron.Feature} (r = {neuron.Correlation:0.00})");
            }

            var report = new GradflowReport(request.Length, request.Steps, flows, look, request.Out);
            file.Write(FlowPage.Of(report));
            terminal.Line($"page   {request.Out}");
            if (request.Json)
            {
                terminal.Lines.WriteLine(JsonSerializer.Serialize(report, JsonTexts.Default.GradflowReport));
            }

            return ExitCodes.Success;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
    }

    private static void Say(CellFlow flow, Terminal terminal)
    {
        var error = flow.Error is { } value
            ? value.ToString("0.0000", CultureInfo.InvariantCulture) : flow.Problem is null ? "" : "diverged";
        terminal.Line($"{flow.Cell,-8} {Columns(flow.Before)}   {(flow.After is null ? "" : Columns(flow.After))} {error,8}");
    }

    private static string Columns(FlowMeasurement measured)
    {
        var h = measured.States[0];
        return string.Create(CultureInfo.InvariantCulture,
            $"{h.Norms[h.Norms.Count / 2],12:0.00e-0} {h.Norms[^1],12:0.00e-0} "
                + $"{h.FactorPerStep?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "-",13}");
    }

    private static string[] Cells(string? names)
    {
        var cells = names?.Split(',', StringSplitOptions.TrimEntries).Distinct().ToArray() ?? AddingModels.DefaultCells;
        return cells.FirstOrDefault(cell => !AddingModels.Cells.Contains(cell)) is { } unknown
            ? throw CommandException.Usage($"--cells: expected some of {string.Join(",", AddingModels.Cells)}, got '{unknown}'")
            : cells;
    }

    private static (int Layer, int Unit)? Unit(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var parts = text.Split(':');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var layer)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var unit)
                ? (layer, unit)
                : throw CommandException.Usage($"--unit: expected LAYER:UNIT, such as 1:17, got '{text}'");
    }
}

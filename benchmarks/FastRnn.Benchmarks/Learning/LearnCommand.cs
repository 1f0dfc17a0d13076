using System.CommandLine;
using System.Globalization;
using System.Text.Json;

using FastRnn.Training;

namespace FastRnn.Benchmarks.Learning;

/// <summary><c>learn FILE</c>: validation losses at the steps of the reference.</summary>
internal static class LearnCommand
{
    private static readonly HashSet<int> Marks = [.. PyTorchReference.Losses.Keys];

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A text of 65 different characters: Tiny Shakespeare." };
        var steps = new Option<int>("--steps") { Description = "Stop after this step.", DefaultValueFactory = _ => Marks.Max() };
        AtLeast(steps, 1);
        var seed = new Option<int>("--seed") { Description = "Of the first weights.", DefaultValueFactory = _ => 1 };
        var threads = new Option<int>("--threads") { Description = "Worker threads; 0 is all processors.", DefaultValueFactory = _ => 0 };
        AtLeast(threads, 0);
        var check = new Option<bool>("--check")
        {
            Description =
                $"Exit with 1 if the loss is more than {PyTorchReference.Tolerance} "
                    + $"nats from PyTorch's at step {string.Join(" or ", PyTorchReference.Judged)}.",
        };
        var json = new Option<bool>("--json") { Description = "The last line of output is a JSON object." };
        var command =
            new Command("learn", "Learns characters as the PyTorch reference does, and prints validation losses at the same steps.")
        {
            file, steps, seed, threads, check, json,
        };
        command.SetAction(parsed =>
        {
            try
            {
                using var run =
                    new LearningRun(LearningText.Read(parsed.GetRequiredValue(file)), parsed.GetValue(seed), parsed.GetValue(threads));
                var points = Print(run.Run(parsed.GetValue(steps), Marks), parsed.GetValue(json));
                return parsed.GetValue(check) ? Judge(points) : 0;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NonFiniteLossException)
            {
                Console.Error.WriteLine(e.Message);
                return 1;
            }
        });
        return command;
    }

    private static int Judge(List<LearningPoint> points)
    {
        foreach (var step in PyTorchReference.Judged)
        {
            var point = points.Find(p => p.Step == step);
            if (point is null || Math.Abs(point.ValidationLoss - PyTorchReference.Losses[step]) > PyTorchReference.Tolerance)
            {
                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"step {step}: expected {PyTorchReference.Losses[step]} within {PyTorchReference.Tolerance}, "
                        + $"got {point?.ValidationLoss.ToString("f4", CultureInfo.InvariantCulture) ?? "no such step"}"));
                return 1;
            }
        }

        return 0;
    }

    private static List<LearningPoint> Print(IEnumerable<LearningPoint> points, bool json)
    {
        var all = new List<LearningPoint>();
        foreach (var point in points)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"steps {point.Step,5}  validation loss {point.ValidationLoss:f4}  PyTorch {point.ReferenceLoss,6:f3} "
                    + $" seconds {point.Seconds:f1}"));
            all.Add(point);
        }

        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new LearningReport(all), LearningJson.Default.LearningReport));
        }

        return all;
    }

    private static void AtLeast(Option<int> option, int least) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() < least)
        {
            result.AddError($"{option.Name}: expected {least} or more");
        }
    });
}

namespace FastRnn.Training;

/// <summary>How often each class was predicted for each label, and what follows from it: accuracy, and precision, recall and F1 of each
/// class. What has no denominator (a class that was never predicted has no precision) is 0, as scikit-learn has it.</summary>
public sealed class ConfusionMatrix
{
    /// <summary>The most classes.</summary>
    internal const int MostClasses = 4096;

    /// <summary>All counts are 0.</summary>
    /// <param name="classes">How many classes there are, 1 to 4096.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer or more.</exception>
    public ConfusionMatrix(int classes)
    {
        if (classes is < 1 or > MostClasses)
        {
            throw new ArgumentOutOfRangeException(nameof(classes), classes, "Expected 1 to 4096 classes.");
        }

        Classes = classes;
        Counts = new double[classes * classes];
    }

    /// <summary>How many classes there are.</summary>
    public int Classes { get; }

    /// <summary>How much a label counts for which a class was predicted: the sum of the weights of these positions.</summary>
    /// <param name="label">The class that is right.</param>
    /// <param name="predicted">The class that was said.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double this[int label, int predicted] => Counts[IndexOf(label, predicted)];

    /// <summary>The sum of all counts.</summary>
    public double Total => Counts.Sum();

    /// <summary><c>[Classes, Classes]</c>: by label, then by prediction.</summary>
    internal double[] Counts { get; }

    /// <summary>The share of <see cref="Total"/> that was predicted rightly; NaN if nothing was counted.</summary>
    public double Accuracy => Enumerable.Range(0, Classes).Sum(c => this[c, c]) / Total;

    /// <summary>The mean of <see cref="F1"/> over the classes that occur as a label or as a prediction; NaN if nothing was
    /// counted.</summary>
    public double MacroF1
    {
        get
        {
            var (sum, classes) = (0.0, 0);
            for (var c = 0; c < Classes; c++)
            {
                if (Labelled(c) + Predicted(c) > 0)
                {
                    sum += F1(c);
                    classes++;
                }
            }

            return sum / classes;
        }
    }

    /// <summary>Counts a position.</summary>
    /// <param name="label">The class that is right.</param>
    /// <param name="predicted">The class that was said.</param>
    /// <param name="weight">What it counts, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class, or the weight is out of its range.</exception>
    public void Add(int label, int predicted, double weight = 1)
    {
        if (!(weight >= 0 && double.IsFinite(weight)))
        {
            throw new ArgumentOutOfRangeException(nameof(weight), weight, "Expected a finite number from 0 on.");
        }

        Counts[IndexOf(label, predicted)] += weight;
    }

    /// <summary>Which share of the positions for which a class was predicted has it as label: 0 to 1.</summary>
    /// <param name="predicted">The class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Precision(int predicted) => Share(this[predicted, predicted], Predicted(predicted));

    /// <summary>Which share of the positions with a label was predicted so: 0 to 1.</summary>
    /// <param name="label">The class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Recall(int label) => Share(this[label, label], Labelled(label));

    /// <summary>The harmonic mean of precision and recall of a class: 0 to 1.</summary>
    /// <param name="of">The class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double F1(int of) => Share(2 * this[of, of], Labelled(of) + Predicted(of));

    /// <summary>All counts become 0.</summary>
    public void Clear() => Array.Clear(Counts);

    private static double Share(double part, double whole) => whole > 0 ? part / whole : 0;

    private double Labelled(int label)
    {
        var sum = 0.0;
        for (var predicted = 0; predicted < Classes; predicted++)
        {
            sum += this[label, predicted];
        }

        return sum;
    }

    private double Predicted(int predicted)
    {
        var sum = 0.0;
        for (var label = 0; label < Classes; label++)
        {
            sum += this[label, predicted];
        }

        return sum;
    }

    private int IndexOf(int label, int predicted)
    {
        Check(label, nameof(label));
        Check(predicted, nameof(predicted));
        return (label * Classes) + predicted;
    }

    private void Check(int index, string name)
    {
        if ((uint)index >= (uint)Classes)
        {
            throw new ArgumentOutOfRangeException(name, index, $"Expected a class from 0 to {Classes - 1}.");
        }
    }
}

namespace FastRnn.Tables;

/// <summary>What a column holds.</summary>
public enum ColumnKind
{
    /// <summary>Numbers, in single precision.</summary>
    Number,

    /// <summary>Texts of which there are few: a class, a place, a name.</summary>
    Category,

    /// <summary>Points in time: dates with the year first (ISO 8601), or numbers where a column was asked to be one of times.</summary>
    Time,

    /// <summary>Nothing that is read: an empty column, or texts that nearly all differ.</summary>
    Ignored,
}

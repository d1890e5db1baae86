using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Tokenize;

namespace NacrithOnnx.Train.Texts;

/// <summary>All texts of a folder. Its subfolders are the kinds; files beside them, such as a README, are not read.</summary>
internal sealed class Corpus
{
    private Corpus(Document[] documents)
    {
        Documents = documents;
        Kinds = [.. documents.Select(document => document.Kind).Distinct()];
        TokenCount = documents.Sum(document => (long)document.Tokens.Length);
    }

    /// <summary>In the order of their paths.</summary>
    public IReadOnlyList<Document> Documents { get; }

    /// <summary>Names of the kinds, in order.</summary>
    public IReadOnlyList<string> Kinds { get; }

    /// <summary>Tokens of all documents.</summary>
    public long TokenCount { get; }

    /// <summary>Reads a folder.</summary>
    /// <exception cref="EnvironmentException">It cannot be read, or holds no text.</exception>
    public static Corpus Read(string folder, Tokenizer tokenizer)
    {
        try
        {
            var files = Directory.GetDirectories(folder).Order(StringComparer.Ordinal)
                .SelectMany(kind => Directory.EnumerateFiles(kind, "*", SearchOption.AllDirectories)
                    .Order(StringComparer.Ordinal)
                    .Select(file => (Kind: Path.GetFileName(kind), File: file)))
                .ToArray();
            var reader = new DocumentReader(tokenizer);
            Document[] documents = [.. files.AsParallel().AsOrdered()
                .SelectMany(entry => reader.Read(entry.Kind, File.ReadAllBytes(entry.File)))];
            return documents.Length > 0
                ? new Corpus(documents)
                : throw new EnvironmentException($"{folder} has no subfolders with text: each kind of text is one");
        }
        catch (Exception failure) when (Causes(failure) is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"cannot read {folder}: {Causes(failure).Message}", failure);
        }
    }

    /// <summary>SHA-256 over kinds and tokens: another corpus gives another order of chunks.</summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var document in Documents)
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(document.Kind));
            hash.AppendData(BitConverter.GetBytes(document.Tokens.Length));
            hash.AppendData(MemoryMarshal.AsBytes(document.Tokens.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Exception Causes(Exception failure) =>
        failure is AggregateException { InnerException: { } inner } ? inner : failure;
}

//! Parquet files whose pages are packed with zstd, as many tools write them.
//!
//! The library unpacks zstd by a C library only. So it is told that such pages are not packed, gives them as they lie in
//! the file, and they are unpacked here.

use std::io::Read;
use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::Compression;
use parquet::bloom_filter::Sbbf;
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader, RowGroupMetaData};
use parquet::file::reader::{ChunkReader, FileReader, RowGroupReader};
use parquet::file::serialized_reader::SerializedPageReader;
use parquet::record::reader::RowIter;
use parquet::schema::types::Type;

use super::compressed::Zstd;

/// Bytes of an unpacked page at most: writers keep to a few MiB.
const LARGEST: u64 = 256 << 20;

/// A Parquet file.
pub(super) struct File<R> {
    from: Arc<R>,
    metadata: ParquetMetaData,
}

impl<R: ChunkReader> File<R> {
    /// Opens a file.
    ///
    /// # Errors
    /// If it is damaged.
    pub(super) fn new(from: R) -> Result<Self> {
        let metadata = ParquetMetaDataReader::new().parse_and_finish(&from)?;
        Ok(Self { from: Arc::new(from), metadata })
    }
}

impl<R: ChunkReader + 'static> FileReader for File<R> {
    fn metadata(&self) -> &ParquetMetaData {
        &self.metadata
    }

    fn num_row_groups(&self) -> usize {
        self.metadata.num_row_groups()
    }

    fn get_row_group(&self, i: usize) -> Result<Box<dyn RowGroupReader + '_>> {
        Ok(Box::new(Group { from: &self.from, metadata: self.metadata.row_group(i) }))
    }

    fn get_row_iter(&self, projection: Option<Type>) -> Result<RowIter<'_>> {
        RowIter::from_file(projection, self)
    }
}

struct Group<'f, R> {
    from: &'f Arc<R>,
    metadata: &'f RowGroupMetaData,
}

impl<R: ChunkReader + 'static> RowGroupReader for Group<'_, R> {
    fn metadata(&self) -> &RowGroupMetaData {
        self.metadata
    }

    fn num_columns(&self) -> usize {
        self.metadata.num_columns()
    }

    fn get_column_page_reader(&self, i: usize) -> Result<Box<dyn PageReader>> {
        let column = self.metadata.column(i);
        let rows = usize::try_from(self.metadata.num_rows())?;
        let is_zstd = matches!(column.compression(), Compression::ZSTD(_));
        let told = match is_zstd {
            true => column.clone().into_builder().set_compression(Compression::UNCOMPRESSED).build()?,
            false => column.clone(),
        };
        let pages = SerializedPageReader::new(self.from.clone(), &told, rows, None)?;
        Ok(if is_zstd { Box::new(Pages { pages }) } else { Box::new(pages) })
    }

    fn get_column_bloom_filter(&self, _: usize) -> Option<&Sbbf> {
        None
    }

    fn get_row_iter(&self, projection: Option<Type>) -> Result<RowIter<'_>> {
        RowIter::from_row_group(projection, self)
    }
}

/// Pages that are unpacked as they are read.
struct Pages<R: ChunkReader> {
    pages: SerializedPageReader<R>,
}

impl<R: ChunkReader> PageReader for Pages<R> {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let Some(mut page) = self.pages.get_next_page()? else { return Ok(None) };
        match &mut page {
            Page::DataPage { buf, .. } | Page::DictionaryPage { buf, .. } => *buf = unpacked(buf, 0)?,
            Page::DataPageV2 { buf, def_levels_byte_len, rep_levels_byte_len, is_compressed, .. } => {
                if *is_compressed {
                    // Which values are null, and which make a list, is never packed.
                    *buf = unpacked(buf, *def_levels_byte_len as usize + *rep_levels_byte_len as usize)?;
                }
            }
        }
        Ok(Some(page))
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.pages.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.pages.skip_next_page()
    }
}

impl<R: ChunkReader> Iterator for Pages<R> {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

/// A page, unpacked after its first `plain` bytes.
fn unpacked(page: &Bytes, plain: usize) -> Result<Bytes> {
    let damaged = || ParquetError::General("a page is damaged".to_owned());
    let (plain, packed) = page.split_at_checked(plain).ok_or_else(damaged)?;
    let mut all = plain.to_vec();
    let read = Zstd::new(packed).take(LARGEST).read_to_end(&mut all);
    if read.map_err(|error| ParquetError::General(error.to_string()))? as u64 == LARGEST {
        return Err(ParquetError::General(format!("a page of more than {} MiB is not read", LARGEST >> 20)));
    }
    Ok(all.into())
}
